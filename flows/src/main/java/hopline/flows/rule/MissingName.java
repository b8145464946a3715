package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.dns.DnsNames;
import hopline.decode.dns.DnsQuestion;
import hopline.flows.rule.Observation.Claim;

/// What to say of a name that does not exist: that depends on what was asked of it.
final class MissingName {

    private static final int NS = 2;
    private static final int SOA = 6;
    private static final int PTR = 12;
    private static final int MX = 15;
    private static final int TXT = 16;
    private static final int SRV = 33;

    private MissingName() {}

    /// A host that somebody wants to speak with: only for such names search lists are used.
    static boolean isHost(DnsQuestion question) {
        return switch (question.type()) {
            case NS, SOA, PTR, MX, TXT, SRV -> false;
            default -> true;
        };
    }

    /// What a finding says.
    ///
    /// @param name what was asked for, without the suffixes of a search list
    /// @param server who answered
    static Claim claim(DnsQuestion question, String name, Address server) {
        return switch (question.type()) {
            case PTR -> isOfServices(name) ? services(name) : addressesName(name, server);
            case SOA, NS ->
                claim(
                        "no zone holds the name " + name,
                        "a zone for " + name,
                        name,
                        "Clients ask so to find where to register in DNS. Check the client's DNS suffix, turn registration"
                                + " off where no server takes it, and check which DNS server answered (" + server
                                + ").");
            case MX, TXT, SRV -> record(DnsNames.type(question.type()), name, server);
            default ->
                claim(
                        "the name " + name + " does not exist",
                        "an address for " + name,
                        name,
                        "Check the name's spelling and namespace, that the service exists, and which DNS server answered ("
                                + server + ").");
        };
    }

    /// Services are listed by pointers, too, under labels that begin with an underscore: RFC 6763, section 4.1.
    private static boolean isOfServices(String name) {
        return name.startsWith("_") || name.contains("._");
    }

    private static Claim services(String name) {
        return claim(
                "no services are listed at " + name,
                "services at " + name,
                name,
                "Clients ask so, of themselves, what there is to use in their network, such as printers (DNS-SD). Harmless"
                        + " where nothing is meant to be listed.");
    }

    private static Claim addressesName(String name, Address server) {
        return claim(
                "no name is known for the address of " + name,
                "a name at " + name,
                name,
                "Harmless where somebody only wants to show a name for an address. If something waits for it, let the DNS"
                        + " server that answered (" + server + ") hold the reverse zone, or ask one that does.");
    }

    private static Claim record(String type, String name, Address server) {
        return claim(
                "the name " + name + ", asked for its " + type + " record, does not exist",
                type + " record of " + name,
                name,
                "Check the name's spelling, that whoever owns it has such a record, and which DNS server answered ("
                        + server + ").");
    }

    private static Claim claim(String title, String expected, String name, String advice) {
        return new Claim(title, expected, "NXDOMAIN for " + name, advice);
    }
}
