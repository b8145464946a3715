package hopline.cli.packet;

import hopline.capture.CaptureInterface;
import hopline.capture.CaptureRecord;
import hopline.capture.ScratchFile;
import hopline.capture.WatchedReader;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.CaptureInput;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// Keeps the records of captures at hand while they are read, so that a packet's octets can be shown when
/// all its stages are known, seconds later in the capture. They lie in temporary files, so that memory
/// does not grow with the input. One thread may keep while another asks.
public final class RecordSpool implements RecordSource, Closeable {

    /// Of each record: where its octets lie, how many they are, how many there were, and its link type.
    private static final int ENTRY_LENGTH = 24;

    private static final int FLUSH_AT = 1 << 18;

    /// One file that is only ever appended to, and read from anywhere.
    private static final class Store implements Closeable {

        private final FileChannel channel;
        private ByteBuffer tail = ByteBuffer.allocate(FLUSH_AT);
        private long flushed;

        private Store() throws IOException {
            channel = ScratchFile.open();
        }

        private long length() {
            return flushed + tail.position();
        }

        private void append(byte[] array, int offset, int length) throws IOException {
            if (tail.remaining() < length) {
                flush();
            }
            if (tail.remaining() < length) {
                tail = ByteBuffer.allocate(length);
            }
            tail.put(array, offset, length);
        }

        private void flush() throws IOException {
            tail.flip();
            int length = tail.remaining();
            ScratchFile.write(channel, tail, flushed);
            flushed += length;
            tail.clear();
        }

        private ByteBuffer read(long from, int length) throws IOException {
            if (from + length > flushed) {
                flush();
            }
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + buffer.position()) < 0) {
                    throw new EOFException("a temporary file lost its end");
                }
            }
            return buffer.flip();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private final List<Store> entries = new ArrayList<>();
    private final Store octets;

    /// Empty, with room on the disk for as much as is read.
    public RecordSpool() throws IOException {
        octets = new Store();
    }

    /// The same inputs, whose records are kept here when they are read; when they are read again, nothing
    /// changes.
    public List<CaptureInput> keeping(List<CaptureInput> inputs) throws IOException {
        List<CaptureInput> kept = new ArrayList<>();
        for (CaptureInput input : inputs) {
            Store store = new Store();
            entries.add(store);
            kept.add(input.openedBy(
                    () -> new WatchedReader(input.opener().open(), (record, at) -> keep(record, at, store))));
        }
        return kept;
    }

    private synchronized boolean keep(CaptureRecord record, CaptureInterface at, Store store) throws IOException {
        long missing = record.number() * ENTRY_LENGTH - store.length(); // numbers of records without a packet
        if (missing < 0) {
            return true; // read before, to compare clocks
        }
        store.append(new byte[(int) missing], 0, (int) missing);
        ByteBuffer entry = ByteBuffer.allocate(ENTRY_LENGTH)
                .putLong(octets.length())
                .putInt(record.capturedLength())
                .putInt(at.linkType())
                .putLong(record.originalLength());
        store.append(entry.array(), 0, ENTRY_LENGTH);
        octets.append(record.array(), record.offset(), record.capturedLength());
        return true;
    }

    @Override
    public synchronized KeptRecord record(Stage stage) throws IOException {
        ByteBuffer entry = entries.get(stage.file()).read(stage.record() * ENTRY_LENGTH, ENTRY_LENGTH);
        long from = entry.getLong();
        int length = entry.getInt();
        int linkType = entry.getInt();
        CaptureRecord record = new CaptureRecord();
        record.set(stage.record(), 0, stage.epochNanos(), entry.getLong());
        record.setOctets(octets.read(from, length).array(), 0, length);
        return new KeptRecord(record, linkType);
    }

    @Override
    public synchronized void close() throws IOException {
        for (Store store : entries) {
            store.close();
        }
        octets.close();
    }
}
