package hopline.flows.state;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Ends where its source fails, and remembers why: what a damaged archive gave before it broke is still good.
final class CutShortStream extends FilterInputStream {

    private Optional<IOException> failure = Optional.empty();

    CutShortStream(InputStream in) {
        super(in);
    }

    Optional<IOException> failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (failure.isPresent()) {
            return -1;
        }
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            failure = Optional.of(e);
            return -1;
        }
    }
}
