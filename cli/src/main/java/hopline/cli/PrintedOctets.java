package hopline.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/// Octets on standard output; a failure to write them is told, which a [PrintStream] alone keeps to itself.
final class PrintedOctets extends OutputStream {

    private final PrintStream out;

    PrintedOctets(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
        check();
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
        check();
    }

    private void check() throws IOException {
        if (out.checkError()) {
            throw new IOException("standard output could not be written to its end");
        }
    }

    /// Hands on what was written; the stream stays open for the process.
    @Override
    public void close() throws IOException {
        check();
    }
}
