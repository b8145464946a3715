package hopline.flows.state.collection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Refuses to go on beyond a limit, so that what is packed small cannot become large without end.
final class BoundedStream extends FilterInputStream {

    private final long limit;
    private final String what;
    private long read;

    /// @param what completes "more than n MiB of …"
    BoundedStream(InputStream in, long limit, String what) {
        super(in);
        this.limit = limit;
        this.what = what;
    }

    private void count(long octets) throws IOException {
        read += Math.max(octets, 0);
        if (read > limit) {
            throw new IOException("more than " + (limit >> 20) + " MiB of " + what);
        }
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int octets = super.read(bytes, offset, length);
        count(octets);
        return octets;
    }

    @Override
    public long skip(long octets) throws IOException {
        long skipped = super.skip(octets);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
