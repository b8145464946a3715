package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRedactionTest {

    private final RedactionKey key = RedactionKey.of("test");
    private final AddressPseudonyms addresses = new AddressPseudonyms(key, false);
    private final NamePseudonyms names = new NamePseudonyms(key);
    private final TextRedaction text = new TextRedaction(addresses, names);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T10:22:05.123456Z took 12ms, 3 packets, 0x80070490",
                "\"protocol\": \"TCP\", \"port\": 8080,",
                "kube-system/kube-dns via eth0 mask 255.255.255.0",
                "node",
            })
    void whatNamesNobodyStays(String line) {
        assertThat(text.redact(line)).isEqualTo(line);
    }

    @Test
    void addressesBecomeWhatTheyBecomeInPackets() {
        String made = addresses.address(Address.of("10.42.1.11")).toString();

        assertThat(text.redact("tcp 10.42.1.11:8080")).isEqualTo("tcp " + made + ":8080");
        assertThat(text.redact("[fd00::7]:53")).isEqualTo("[" + addresses.address(Address.of("fd00::7")) + "]:53");
        assertThat(text.redact("00-15-5D-01-02-03")).matches("[0-9A-F]{2}(-[0-9A-F]{2}){5}");
        assertThat(text.redact("{\\\"mac\\\":\\\"66:a5:cc:c1:86:97\\\"}")).doesNotContain("66:a5:cc:c1:86:97");
    }

    @Test
    void networksStayNetworksHoweverTheyAreWritten() {
        String network = addresses.network(Address.of("10.244.1.0"), 24).toString();

        assertThat(text.redact("10.244.1.0/24")).isEqualTo(network + "/24");
        assertThat(text.redact("10.244.1.0 255.255.255.0")).isEqualTo(network + " 255.255.255.0");
        assertThat(text.redact("10.244.1.0-10.244.1.255")).isEqualTo(network + "-" + network.replaceFirst("0$", "255"));
    }

    @Test
    void namesKeepTheirFormAndWhatTheyHaveInCommon() {
        String one = text.redact("payments-7d9c5f-x2x4z");
        String two = text.redact("payments-7d9c5f-k8k9q");

        assertThat(one).hasSize("payments-7d9c5f-x2x4z".length()).doesNotContain("payments");
        assertThat(one.substring(0, 15)).isEqualTo(two.substring(0, 15));
        assertThat(one).isNotEqualTo(two);
        assertThat(text.redact("PAYMENTS")).isEqualTo(text.redact("payments").toUpperCase(java.util.Locale.ROOT));
    }

    @Test
    void aWordIsANameOnceSomethingIsNamedSo() {
        assertThat(text.redact("the anybody")).isEqualTo("the anybody");

        text.learn("anybody");

        assertThat(text.redact("the anybody")).isNotEqualTo("the anybody").startsWith("the ");
    }

    @Test
    void identifiersKeepTheirForm() {
        assertThat(text.redact("4FD72AB0-2C35-4AE7-AC9A-F893495BD5EF"))
                .matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
                .isNotEqualTo("4FD72AB0-2C35-4AE7-AC9A-F893495BD5EF");
    }

    @Test
    void columnsStayAligned() {
        assertThat(text.redact("10.42.1.11        ready").indexOf("ready")).isEqualTo(18);
    }

    /// A text, and the same with what stands in the place of 10.42.1.11, of fd00:10:42::7 and of
    /// 00:15:5d:01:02:03, octet by octet where it matters.
    record Spelling(String written, String expected) {

        @Override
        public String toString() {
            return written;
        }
    }

    static final List<Spelling> SPELLINGS = List.of(
            new Spelling("PTR? 11.1.42.10.in-addr.arpa. (41)", "PTR? {d}.{c}.{b}.{a}.in-addr.arpa. (41)"),
            new Spelling("1.42.10.IN-ADDR.ARPA", "{c}.{b}.{a}.IN-ADDR.ARPA"),
            new Spelling("_dns._udp.11.1.42.10.in-addr.arpa", "_dns._udp.{d}.{c}.{b}.{a}.in-addr.arpa"),
            new Spelling("0/25.1.42.10.in-addr.arpa", "0/25.{c}.{b}.{a}.in-addr.arpa"),
            new Spelling(
                    "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.4.0.0.0.1.0.0.0.0.d.f.ip6.arpa", "{nibbles}ip6.arpa"),
            new Spelling("::ffff:10.42.1.11", "::ffff:{a}.{b}.{c}.{d}"),
            new Spelling("[::ffff:10.42.1.11]:80", "[::ffff:{a}.{b}.{c}.{d}]:80"),
            new Spelling("64:ff9b::10.42.1.11", "64:ff9b::{a}.{b}.{c}.{d}"),
            new Spelling("::10.42.1.11", "::{a}.{b}.{c}.{d}"),
            new Spelling("::ffff:10.42.1.0/120", "::ffff:{a}.{b}.{c}.0/120"),
            new Spelling("::FFFF:0A2A:010B", "{mapped}"),
            new Spelling("_10_42_1_11_8080_", "_{a}_{b}_{c}_{d}_8080_"),
            new Spelling("10-42-1-11.default.pod.cluster.local", "{a}-{b}-{c}-{d}.default.pod.cluster.local"),
            new Spelling("node-10-42-1-11", "node-{a}-{b}-{c}-{d}"),
            new Spelling("node-10.42.1.11", "node-{a}.{b}.{c}.{d}"),
            new Spelling("10.42.1.0-24", "{a}.{b}.{c}.0-24"),
            new Spelling("10.42.1.11.8080 > 10.42.1.11.53:", "{a}.{b}.{c}.{d}.8080 > {a}.{b}.{c}.{d}.53:"),
            new Spelling("10.42.1.11.local", "{a}.{b}.{c}.{d}.local"),
            new Spelling("\"\\u0031\\u0030.42.1.11\"", "\"{a}.{b}.{c}.{d}\""),
            new Spelling("{\\\"\\\\u0031\\\\u0030.42.1.11\\\"}", "{\\\"{a}.{b}.{c}.{d}\\\"}"),
            new Spelling("10.42.1.0\\/24", "{a}.{b}.{c}.0/24"),
            new Spelling("said\\n10.42.1.11", "said\\n{a}.{b}.{c}.{d}"),
            new Spelling("\\u001b[31m10.42.1.11", "\\u001b[31m{a}.{b}.{c}.{d}"),
            new Spelling("&#49;&#x30;.42&#46;1.11", "{a}.{b}.{c}.{d}"),
            new Spelling("from fd00:10:42::7: time", "from {v6}: time"),
            new Spelling("addr:fd00:10:42::7", "addr:{v6}"),
            new Spelling("IPv6:fd00:10:42::7", "IPv6:{v6}"),
            new Spelling("FD00:0010:0042:0:0:0:0:0007:8080", "{v6}:8080"),
            new Spelling("fd00%3A10%3A42%3A%3A7", "{v6}"),
            new Spelling("fd00-10-42--7.default.pod.cluster.local", "{dashed6}.default.pod.cluster.local"),
            new Spelling("0015.5d01.0203", "{m1}{m2}.{m3}{m4}.{m5}{m6}"),
            new Spelling("0015-5D01-0203", "{M1}{M2}-{M3}{M4}-{M5}{M6}"),
            new Spelling("00155D010203", "{M1}{M2}{M3}{M4}{M5}{M6}"),
            new Spelling("0:15:5d:1:2:3", "{m1}:{m2}:{m3}:{m4}:{m5}:{m6}"),
            new Spelling("addr:00:15:5d:01:02:03", "addr:{m1}:{m2}:{m3}:{m4}:{m5}:{m6}"),
            new Spelling("port-00-15-5D-01-02-03", "port-{M1}-{M2}-{M3}-{M4}-{M5}-{M6}"));

    @ParameterizedTest
    @FieldSource("SPELLINGS")
    void anAddressBecomesTheSameHoweverItIsSpelled(Spelling spelling) {
        assertThat(text.redact(spelling.written())).isEqualTo(filled(spelling.expected()));
    }

    private String filled(String expected) {
        Address four = addresses.address(Address.of("10.42.1.11"));
        Address six = addresses.address(Address.of("fd00:10:42::7"));
        String[] octets = four.toString().split("\\.");
        String mac = String.format("%012x", addresses.mac(0x00155d_010203L));
        String nibbles = new StringBuilder(String.format("%016x%016x", six.high(), six.low()))
                .reverse()
                .toString();
        String filled = expected.replace("{mapped}", new Address(0, 0xffff_0000_0000L | four.low()).toString())
                .replace("{v6}", six.toString())
                .replace("{dashed6}", six.toString().replace(':', '-'))
                .replace("{nibbles}", nibbles.replaceAll("(.)", "$1."));
        for (int i = 0; i < octets.length; i++) {
            filled = filled.replace("{" + (char) ('a' + i) + "}", octets[i]);
        }
        for (int i = 0; i < 6; i++) {
            String octet = mac.substring(2 * i, 2 * i + 2);
            filled = filled.replace("{m" + (i + 1) + "}", octet)
                    .replace("{M" + (i + 1) + "}", octet.toUpperCase(Locale.ROOT));
        }
        return filled;
    }

    @Test
    void aReverseNameOfOnesStaysAName() {
        assertThat(text.redact("f.".repeat(16) + "ip6.arpa")).isEqualTo("f.".repeat(16) + "ip6.arpa");
        assertThat(text.redact("7." + "f.".repeat(31) + "ip6.arpa"))
                .matches("(?:[0-9a-f]\\.){16}(?:f\\.){16}ip6\\.arpa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.3.6.1.4.1.311.21.20.1",
                "1_000_000_000",
                "2026-11-21-10-22-35",
                "2026_11_21_10_22_35",
                "12:34:56.789",
                "10.0.20348.3091",
                "\\u003c10%2d",
            })
    void whatOnlyLooksLikeAnAddressStays(String written) {
        assertThat(text.redact(written)).isEqualTo(written);
    }

    /// What may stand beside an address: all of ASCII, letters and signs beyond it, ports, a prefix's length.
    private static List<String> neighbours() {
        return Stream.concat(
                        IntStream.range(0, 0x80).mapToObj(Character::toString),
                        Stream.of(
                                "é", "ß", "µ", "中", "…", "→", "\u00a0", "٣", "😀", ":80", ".", "/24", "w.", "é-", "8-"))
                .toList();
    }

    /// A digit beside it makes another number of it, digits and a dot before it an object identifier, a version
    /// or another address.
    private static boolean isOtherNumber(String before, String after) {
        return before.matches("(?s).*[0-9]|.*[0-9][.]") || after.matches("(?s)[0-9].*");
    }

    @Test
    void noNeighbourHidesAnAddress() {
        List<String> left = new ArrayList<>();
        for (String one : neighbours()) {
            for (String other : List.of("", " ", "w", "é", "-", "\"", ".6443", "/24 y")) {
                hidden(one, other).ifPresent(left::add);
                hidden(other, one).ifPresent(left::add);
                hidden(one, one + other).ifPresent(left::add);
            }
        }
        assertThat(left).isEmpty();
    }

    private Optional<String> hidden(String before, String after) {
        String made = text.redact(before + "93.184.216.34" + after);
        boolean left = made.contains("184.216") && !isOtherNumber(before, after);
        return left ? Optional.of(before + "|" + after + " -> " + made) : Optional.empty();
    }

    /// As pages and drawings would write a colour or a curve.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#192.168.77.9 fileserver",
                "level=info d=\"192.168.77.9\"",
                " points=\"192.168.77.9\"",
                "hôte192.168.77.9.6443",
                "#fd00::192.168.77.9",
            })
    void noFormOfMarkupHidesAnAddress(String written) {
        assertThat(text.redact(written)).doesNotContain("168.77");
        assertThat(text.pieces(TextRedaction.Form.MARKUP).apply(written)).doesNotContain("168.77");
    }

    @Test
    void coloursAndCurvesStayInMarkupOnly() {
        String drawn = "<path d=\"M10.5 1.1 L3,4\" fill=\"#deface\"/>";

        assertThat(text.pieces(TextRedaction.Form.MARKUP).apply(drawn)).isEqualTo(drawn);
        assertThat(text.redact("#deface")).isNotEqualTo("#deface");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=83620174", "--token=83620174 -v", "{\"password\":\"83620174\"}"})
    void secretsAreTakenOutThoughTheyAreNumbers(String written) {
        assertThat(text.redact(written)).doesNotContain("83620174").contains("[removed]");
    }

    @Test
    void aKeyIsTakenOutOverAllPieces() {
        UnaryOperator<String> pieces = text.pieces(TextRedaction.Form.PLAIN);

        assertThat(pieces.apply("-----BEGIN RSA PRIVATE KEY-----\nand\n")).isEqualTo("[removed]\n[removed]\n");
        assertThat(pieces.apply("the\n-----END RSA PRIVATE KEY-----\nnode\n"))
                .isEqualTo("[removed]\n[removed]\nnode\n");
    }
}
