package hopline.flows.state.collection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Opens the files of one archive, and counts what they become together: a file that is opened again counts
/// once.
final class Expansion {

    private final Path archive;
    private final long limit;
    private final Map<String, Long> octetsOf = new HashMap<>();
    private long total;

    /// @param limit octets
    Expansion(Path archive, long limit) {
        this.archive = archive;
        this.limit = limit;
    }

    /// The content of the entry of that name; closing it closes the archive.
    InputStream open(String name) throws IOException {
        ZipFile zip = new ZipFile(archive.toFile());
        try {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException("the archive has changed");
            }
            return new EntryStream(zip, zip.getInputStream(entry), name);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private void count(String name, long octets) throws IOException {
        long before = octetsOf.getOrDefault(name, 0L);
        if (octets > before) {
            octetsOf.put(name, octets);
            total += octets - before;
        }
        if (total > limit) {
            throw new IOException("the archive becomes more than " + (limit >> 20)
                    + " MiB, which is more than 100 times its size: refused");
        }
    }

    private final class EntryStream extends FilterInputStream {

        private final ZipFile zip;
        private final String name;
        private long octets;

        EntryStream(ZipFile zip, InputStream in, String name) {
            super(in);
            this.zip = zip;
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            octets += Math.max(read, 0);
            count(name, octets);
            return read;
        }

        @Override
        public void close() throws IOException {
            super.close();
            zip.close();
        }
    }
}
