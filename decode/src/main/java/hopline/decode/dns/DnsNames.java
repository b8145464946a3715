package hopline.decode.dns;

import java.util.Map;

/// The [IANA registry's](https://www.iana.org/assignments/dns-parameters) names of DNS numbers.
public final class DnsNames {

    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(1, "A"),
            Map.entry(2, "NS"),
            Map.entry(5, "CNAME"),
            Map.entry(6, "SOA"),
            Map.entry(12, "PTR"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(28, "AAAA"),
            Map.entry(33, "SRV"),
            Map.entry(41, "OPT"),
            Map.entry(64, "SVCB"),
            Map.entry(65, "HTTPS"),
            Map.entry(252, "AXFR"),
            Map.entry(255, "ANY"));

    private static final Map<Integer, String> RESPONSE_CODES = Map.ofEntries(
            Map.entry(0, "NOERROR"),
            Map.entry(1, "FORMERR"),
            Map.entry(2, "SERVFAIL"),
            Map.entry(3, "NXDOMAIN"),
            Map.entry(4, "NOTIMP"),
            Map.entry(5, "REFUSED"),
            Map.entry(6, "YXDOMAIN"),
            Map.entry(7, "YXRRSET"),
            Map.entry(8, "NXRRSET"),
            Map.entry(9, "NOTAUTH"),
            Map.entry(10, "NOTZONE"));

    private DnsNames() {}

    public static String type(int number) {
        return TYPES.getOrDefault(number, "TYPE" + number);
    }

    public static String responseCode(int number) {
        return RESPONSE_CODES.getOrDefault(number, "RCODE" + number);
    }
}
