package hopline.decode.census;

import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.record;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.vxlan;
import static hopline.decode.PlainFrames.PLAIN;
import static hopline.decode.PlainFrames.TCP;
import static hopline.decode.PlainFrames.UNUSUAL;
import static hopline.decode.PlainFrames.inIpv4;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Dissector;
import hopline.decode.PlainFrames;
import hopline.decode.PlainPacket;
import hopline.decode.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is counted without layers is counted as with them.
class PlainCensusTest {

    private final PlainPacket plain = new PlainPacket(new Dissector());
    private final Census byLayers = new Census();
    private final Census asItIs = new Census();

    /// Counts plain records both ways: its conversations are more when the two do not find the same ones.
    private final Census both = new Census();

    private void add(CaptureRecord record) {
        byLayers.addByLayers(record, LinkType.ETHERNET);
        asItIs.add(record, LinkType.ETHERNET);
        both.addByLayers(record, LinkType.ETHERNET);
        if (plain.find(record, LinkType.ETHERNET)) {
            both.add(record, LinkType.ETHERNET);
        }
    }

    private void assertAlike() {
        Counts expected = byLayers.counts();
        assertThat(asItIs.counts()).isEqualTo(expected);
        assertThat(both.counts().tcpConversations()).isEqualTo(expected.tcpConversations());
        assertThat(both.counts().udpConversations()).isEqualTo(expected.udpConversations());
    }

    private static List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>(PLAIN);
        frames.addAll(UNUSUAL);
        return frames;
    }

    @Test
    void countsWhatIsUsualAndWhatIsNot() {
        for (byte[] frame : frames()) {
            add(record(frame));
            assertAlike();
        }
        assertThat(asItIs.counts().tcpConversations()).isGreaterThan(3);
        assertThat(asItIs.counts().vnis()).containsKeys(1, 7, 4_096);
    }

    /// Each port may say what a datagram carries.
    @Test
    void countsAnyPortAlike() {
        for (int port = 0; port <= 0xffff; port++) {
            add(record(inIpv4(17, udp(40_000, port, vxlan(1, TCP)))));
            add(record(inIpv4(17, udp(port, 60_000, octets(24)))));
        }
        assertAlike();
    }

    @Test
    void countsAnyCutAlike() {
        for (byte[] frame : frames()) {
            for (int captured = 0; captured <= frame.length; captured++) {
                add(record(frame, captured));
            }
            assertAlike();
        }
    }

    @Test
    void countsAnyOctetAlike() {
        for (byte[] frame : PLAIN) {
            for (int at = 0; at < frame.length; at++) {
                for (int value = 0; value <= 0xff; value++) {
                    byte[] changed = frame.clone();
                    changed[at] = (byte) value;
                    add(record(changed));
                }
                assertAlike();
            }
        }
    }

    @Test
    void countsAnyLengthsAlike() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            add(PlainFrames.ofAnyLengths(random));
        }
        assertAlike();
    }

    /// Each protocol of the record at hand is a bit of a word.
    @Test
    void thereAreNoMoreProtocolsThanBits() {
        assertThat(Protocol.values()).hasSizeLessThanOrEqualTo(Long.SIZE);
    }
}
