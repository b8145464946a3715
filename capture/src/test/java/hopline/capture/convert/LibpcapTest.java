package hopline.capture.convert;

import static hopline.capture.CaptureBytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.capture.CaptureBytes;
import hopline.capture.CaptureFormat;
import hopline.capture.Octets;
import hopline.capture.Reading;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/// libpcap opens what we write: one byte order, one snap length, and one link type. Skipped where it is not installed.
class LibpcapTest {

    @TempDir
    Path temporary;

    @BeforeAll
    static void isInstalled() {
        try {
            assumeTrue(!Pcaps.libVersion().isEmpty(), "libpcap is not installed");
        } catch (LinkageError e) {
            assumeTrue(false, "libpcap is not installed: " + e.getMessage());
        }
    }

    /// As time, original length and octets.
    private List<String> read(byte[] file) throws IOException, PcapNativeException, NotOpenException {
        Path path = temporary.resolve("written");
        Files.write(path, file);
        List<String> seen = new ArrayList<>();
        try (PcapHandle handle = Pcaps.openOffline(path.toString(), TimestampPrecision.NANO)) {
            while (true) {
                byte[] octets = handle.getNextRawPacketEx();
                Timestamp time = handle.getTimestamp();
                long nanos = Math.floorDiv(time.getTime(), 1_000) * 1_000_000_000 + time.getNanos();
                seen.add(nanos + " " + handle.getOriginalLength() + " " + Octets.wrap(octets));
            }
        } catch (EOFException | TimeoutException e) {
            return seen;
        }
    }

    private static List<String> seenByUs(byte[] file) {
        return Reading.of(file).records().stream()
                .map(record -> record.epochNanos() + " " + record.originalLength() + " " + record.octets())
                .toList();
    }

    /// Interfaces that count time differently, of differing snap lengths and byte orders.
    private static CaptureBytes manifold() {
        CaptureBytes first = littleEndian().section();
        first.describe(1, 96, first.body().option(9, new byte[] {9}))
                .describe(1, 0, first.body())
                .describe(1, 65_535, first.body().option(9, new byte[] {(byte) 0x94}))
                .packet(0, 1_700_000_000_000_000_007L, 60, "0102", first.body().option(1, "a comment"))
                .packet(1, 1_700_000_000_000_001L, "0304")
                .packet(2, 1_700_000_001L << 20, "0506");
        CaptureBytes second = CaptureBytes.bigEndian().section();
        second.describe(1, 65_535, second.body()).packet(0, 1_700_000_002_000_000L, "0708");
        return first.add(second);
    }

    @Test
    void opensWhatWasConvertedToPcapng() throws Exception {
        byte[] file = Converted.to(CaptureFormat.PCAPNG, manifold()).file();

        assertThat(read(file)).hasSize(4).isEqualTo(seenByUs(file));
    }

    /// What it does not open is why interfaces are given one snap length, and sections one byte order.
    @Test
    void doesNotOpenWhatIsNotConverted() {
        assertThatThrownBy(() -> read(manifold().toByteArray())).isInstanceOf(PcapNativeException.class);
    }

    @Test
    void opensMergedCaptures() throws Exception {
        CaptureBytes pcap = littleEndian()
                .pcapHeader(0xa1b23c4d, 128, 1)
                .pcapRecord(1_700_000_001, 7, 60, "aa")
                .pcapRecord(1_700_000_009, 0, 60, "bb");

        byte[] file = Converted.to(CaptureFormat.PCAPNG, manifold(), pcap).file();

        assertThat(read(file)).hasSize(6).isEqualTo(seenByUs(file));
    }

    @Test
    void opensEveryBlock() throws Exception {
        CaptureBytes every = EveryBlock.in(ByteOrder.LITTLE_ENDIAN);
        byte[] file = Converted.to(CaptureFormat.PCAPNG, every).file();

        assertThat(read(file)).hasSize(3);
    }

    @Test
    void opensWhatWasConvertedToPcap() throws Exception {
        byte[] file = Converted.to(CaptureFormat.PCAP, manifold()).file();

        assertThat(read(file)).hasSize(4).isEqualTo(seenByUs(file));
    }
}
