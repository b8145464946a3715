package hopline.decode.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.Octets;
import hopline.decode.header.DhcpMessage;

/// Whatever a datagram to the ports of DNS or DHCP holds, a name is no longer than names are, and nothing breaks.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class MessageFuzzTest {

    /// A name of 255 octets, each escaped, with its dots.
    private static final int MAX_TEXT = 4 * 255 + 128;

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) {
        Octets datagram = Octets.wrap(octets);
        assertThat(DnsMessage.isLike(datagram)).isIn(true, false);
        if (octets.length >= DnsMessage.HEADER_LENGTH) {
            DnsMessage message = new DnsMessage(datagram);
            message.question().ifPresent(question -> assertThat(question.name()).hasSizeLessThan(MAX_TEXT));
            assertThat(message.lengthToQuestion()).isBetween(0, Math.max(octets.length, DnsMessage.HEADER_LENGTH));
            assertThat(message.hasWholeQuestion()).isIn(true, false);
        }
        if (octets.length >= DhcpMessage.LENGTH) {
            assertThat(new DhcpMessage(datagram).messageType()).isBetween(0, 255);
        }
    }
}
