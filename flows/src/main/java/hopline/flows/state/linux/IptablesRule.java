package hopline.flows.state.linux;

import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.state.AddressText;
import hopline.flows.state.Source;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A rule as `iptables-save` prints it, or of nftables with its expressions as text.
///
/// @param isIpv6 of `ip6tables` or of nftables' family `ip6`, so that no IPv4 packet meets it
/// @param text from `-A` on
public record IptablesRule(boolean isIpv6, String table, String chain, String text, Source source) {

    private static final Pattern TARGET = Pattern.compile("(?:^|\\s)-[jg] (\\S+)");
    private static final Pattern DNAT = Pattern.compile("--to-destination (\\S+):(\\d{1,5})");

    /// Where it leads: a chain or a verdict; empty when it only counts.
    public String target() {
        Matcher target = TARGET.matcher(text);
        return target.find() ? target.group(1) : "";
    }

    /// The value of an option such as `-d` or `--dport`, empty when it is not there.
    public String option(String name) {
        Matcher option =
                Pattern.compile("(?:^|\\s)" + Pattern.quote(name) + " (\\S+)").matcher(text);
        return option.find() ? option.group(1) : "";
    }

    /// What it asks for of TCP, UDP and SCTP; TCP where it does not say.
    public int protocol() {
        return switch (option("-p")) {
            case "udp" -> IpProtocol.UDP;
            case "sctp" -> IpProtocol.SCTP;
            default -> IpProtocol.TCP;
        };
    }

    /// Where it translates to.
    public Optional<Endpoint> destination() {
        Matcher dnat = DNAT.matcher(text);
        return dnat.find() && Integer.parseInt(dnat.group(2)) <= 0xffff
                ? AddressText.parse(dnat.group(1))
                        .map(address -> new Endpoint(address, Integer.parseInt(dnat.group(2))))
                : Optional.empty();
    }
}
