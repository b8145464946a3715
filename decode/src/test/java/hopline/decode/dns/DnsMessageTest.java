package hopline.decode.dns;

import static hopline.decode.Packets.dnsName;
import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.u16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import hopline.capture.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DnsMessageTest {

    @Test
    void fieldsOfAQuery() {
        DnsMessage query = message(dnsQuery(0xbeef, "web.shop.svc.cluster.local", 28));

        assertThat(query.id()).isEqualTo(0xbeef);
        assertThat(query.isResponse()).isFalse();
        assertThat(query.opcode()).isZero();
        assertThat(query.questionCount()).isEqualTo(1);
        assertThat(query.answerCount()).isZero();
        assertThat(query.question()).hasValue(new DnsQuestion("web.shop.svc.cluster.local", 28));
        assertThat(query.lengthToQuestion()).isEqualTo(query.octets().length());
    }

    record Flags(String what, String flags, boolean response, int opcode, boolean truncated, int responseCode) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Flags> FLAGS = List.of(
            new Flags("a query", "0100", false, 0, false, 0),
            new Flags("an answer", "8180", true, 0, false, 0),
            new Flags("no such name", "8183", true, 0, false, 3),
            new Flags("refused, all bits around", "87f5", true, 0, true, 5),
            new Flags("too long for a datagram", "8380", true, 0, true, 0),
            new Flags("an update", "2800", false, 5, false, 0));

    @ParameterizedTest
    @FieldSource("FLAGS")
    void flags(Flags expected) {
        DnsMessage message = message(hex("0001" + expected.flags() + "0000 0003 0000 0000"));

        assertThat(message.isResponse()).isEqualTo(expected.response());
        assertThat(message.opcode()).isEqualTo(expected.opcode());
        assertThat(message.isTruncated()).isEqualTo(expected.truncated());
        assertThat(message.responseCode()).isEqualTo(expected.responseCode());
        assertThat(message.answerCount()).isEqualTo(3);
    }

    record Case(String what, byte[] rest, Optional<String> name) {

        Case(String what, byte[] rest, String name) {
            this(what, rest, Optional.of(name));
        }

        Case(String what, byte[] rest) {
            this(what, rest, Optional.empty());
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static final byte[] TYPE_A = hex("0001 0001");
    private static final String LABEL_OF_63 = "3f" + "61".repeat(63);

    /// What follows the header of a message with one question.
    static final List<Case> QUESTIONS = List.of(
            new Case("a name", join(dnsName("a.example"), TYPE_A), "a.example"),
            new Case("keeps the case it was asked in", join(dnsName("A.eXample"), TYPE_A), "A.eXample"),
            new Case("the root", join(hex("00"), TYPE_A), "."),
            new Case("a label of 63", join(hex(LABEL_OF_63 + "00"), TYPE_A), "a".repeat(63)),
            new Case("a length of 64 is none", join(hex("40" + "61".repeat(64) + "00"), TYPE_A)),
            new Case("a length of 128 is none", join(hex("80" + "61".repeat(128) + "00"), TYPE_A)),
            new Case("a dot and a backslash inside a label", join(hex("03 612e5c 00"), TYPE_A), "a\\.\\\\"),
            new Case(
                    "octets that are no letters",
                    join(hex("05 00 20 7f ff 1b 00"), TYPE_A),
                    "\\000\\032\\127\\255\\027"),
            new Case("a pointer into a later part", join(hex("0161 c014"), TYPE_A, dnsName("b")), Optional.of("a.b")),
            new Case("a pointer to itself", join(hex("c00c"), TYPE_A)),
            new Case("two pointers in a circle", join(hex("c00e c00c"), TYPE_A)),
            new Case("a label and a pointer back to it", join(hex("0161 c00c"), TYPE_A)),
            new Case("a pointer behind the end", join(hex("cfff"), TYPE_A)),
            new Case("half a pointer", hex("c0")),
            new Case("nothing", new byte[0]),
            new Case("cut inside a label", hex("05 6162")),
            new Case("cut before the end of the name", hex("01 61")),
            new Case("cut before the type", dnsName("a.example")),
            new Case("cut inside the class", join(dnsName("a.example"), hex("0001 00"))),
            new Case(
                    "255 octets, the longest name",
                    join(hex(LABEL_OF_63.repeat(3) + "3d" + "61".repeat(61) + "00"), TYPE_A),
                    ("a".repeat(63) + ".").repeat(3) + "a".repeat(61)),
            new Case("256 octets", join(hex(LABEL_OF_63.repeat(3) + "3e" + "61".repeat(62) + "00"), TYPE_A)));

    @ParameterizedTest
    @FieldSource("QUESTIONS")
    void theQuestion(Case expected) {
        DnsMessage message = message(join(hex("0001 0100 0001 0000 0000 0000"), expected.rest()));

        assertThat(message.question()).isEqualTo(expected.name().map(name -> new DnsQuestion(name, 1)));
    }

    @Test
    void asksNothingWhenItCountsNoQuestion() {
        DnsMessage message = message(join(hex("0001 0100 0000 0000 0000 0000"), dnsName("a"), TYPE_A));

        assertThat(message.question()).isEmpty();
        assertThat(message.lengthToQuestion()).isEqualTo(DnsMessage.HEADER_LENGTH);
    }

    /// A chain of pointers, each to the next, the last to a name.
    @Test
    void followsAsManyPointersAsANameCanNeed() {
        assertThat(message(chainOfPointers(DnsName.MAX_JUMPS)).question()).hasValue(new DnsQuestion("a", 1));
        assertThat(message(chainOfPointers(DnsName.MAX_JUMPS + 1)).question()).isEmpty();
    }

    private static byte[] chainOfPointers(int jumps) {
        byte[] message = join(hex("0001 0100 0001 0000 0000 0000 c012 0001 0001"));
        for (int i = 1; i < jumps; i++) {
            message = join(message, u16(0xc000 | message.length + 2));
        }
        return join(message, dnsName("a"));
    }

    /// The example of RFC 1035 §4.1.4: three names that share their ends, and the root.
    @Test
    void readsNamesThatShareTheirEnds() {
        Octets message = Octets.wrap(join(
                new byte[20],
                hex("01 46 03 495349 04 41525041 00"),
                new byte[8],
                hex("03 464f4f c014"),
                new byte[18],
                hex("c01a"),
                new byte[26],
                hex("00")));

        assertThat(DnsName.read(message, 20)).hasValue("F.ISI.ARPA");
        assertThat(DnsName.read(message, 40)).hasValue("FOO.F.ISI.ARPA");
        assertThat(DnsName.read(message, 64)).hasValue("ARPA");
        assertThat(DnsName.read(message, 92)).hasValue(".");
        assertThat(DnsName.end(message, 20)).isEqualTo(32);
        assertThat(DnsName.end(message, 40)).as("pointers are not followed").isEqualTo(46);
    }

    @Test
    void anAnswerRepeatsItsQuestion() {
        byte[] question = join(dnsName("web.shop.svc"), u16(1), u16(1));
        byte[] asked = join(hex("0001 0100 0001 0000 0000 0000"), question);
        byte[] answered =
                join(hex("0001 8180 0001 0001 0000 0000"), question, hex("c00c 0001 0001 00000005 0004 0a000001"));
        byte[] other = join(hex("0001 8183 0001 0000 0000 0000"), dnsName("wab.shop.svc"), u16(1), u16(1));
        byte[] none = join(hex("0001 8180 0000 0000 0000 0000"), question);

        assertThat(message(answered).repeatsQuestion(message(asked))).isTrue();
        assertThat(message(asked).repeatsQuestion(message(answered))).isTrue();
        assertThat(message(other).repeatsQuestion(message(asked))).isFalse();
        assertThat(message(none).repeatsQuestion(message(asked))).isFalse();
        assertThat(message(asked).repeatsQuestion(message(none))).isFalse();
        for (int length = DnsMessage.HEADER_LENGTH; length < asked.length; length++) {
            DnsMessage cut = message(Arrays.copyOf(asked, length));
            assertThat(cut.repeatsQuestion(message(asked))).isFalse();
            assertThat(message(asked).repeatsQuestion(cut)).isFalse();
        }
    }

    @Test
    void needsItsHeader() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(new byte[11]))
                .withMessage("DNS message of 11 octets");
    }

    @Test
    void namesNumbers() {
        assertThat(DnsNames.type(28)).isEqualTo("AAAA");
        assertThat(DnsNames.type(4_711)).isEqualTo("TYPE4711");
        assertThat(DnsNames.responseCode(3)).isEqualTo("NXDOMAIN");
        assertThat(DnsNames.responseCode(15)).isEqualTo("RCODE15");
    }

    private static DnsMessage message(byte[] octets) {
        return new DnsMessage(Octets.wrap(octets));
    }
}
