package hopline.flows.state.host;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.Source;
import hopline.flows.state.text.MacText;
import hopline.flows.state.text.TextSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `ipconfig /all`, of all compartments, in the languages it is printed in: what a line means is told
/// by its value where possible, and by its label only for gateways and DNS servers.
public final class IpconfigText implements TextSection {

    private static final Pattern COMPARTMENT = Pattern.compile("Network Information for Compartment (\\d{1,6}).*");
    /// The same in any language, between two lines of `=`.
    private static final Pattern NUMBERED = Pattern.compile("[^:\\d]+(\\d{1,6})[^:\\d]*");
    private static final Pattern TITLE =
            Pattern.compile("(?i)^\\s*(windows[ -]ip[ -]\\p{L}+|configura\\p{L}+ ip de windows|"
                    + "configurazione ip di windows)\\s*$");
    private static final Pattern FIELD = Pattern.compile("^\\s*(\\p{L}[^:]*?)(?:[ .]*\\. ?[ .]*)\\s*:\\s*(.*?)\\s*$");
    /// A label that fills its column leaves no room for dots.
    private static final Pattern FULL_FIELD = Pattern.compile("^\\s+(\\p{L}[^:]*?)\\s*:(?:\\s+(.*?))?\\s*$");
    private static final Pattern ADAPTER = Pattern.compile("^\\S.*:\\s*$");
    private static final Pattern GATEWAY = Pattern.compile("gateway|passerelle|puerta de enlace|ゲートウェイ|网关|шлюз");
    private static final Pattern DNS_SERVER = Pattern.compile("dns.*(serv|サーバー|服务器)|serv.*dns");
    private static final Pattern HOST_NAME =
            Pattern.compile("host ?name|nom de l.h.te|nombre de host|nome host|ホスト名|主机名");

    private final String file;
    private final HostState state;
    private int compartment;
    private boolean isAfterRuler;
    private String adapter = "";
    private String label = "";
    private int start;
    private OptionalLong mac = OptionalLong.empty();
    private final List<Address> addresses = new ArrayList<>();
    private final List<Address> gateways = new ArrayList<>();
    private final List<Address> dnsServers = new ArrayList<>();

    /// Reads into `state` what `file` holds.
    public IpconfigText(String file, HostState state) {
        this.file = file;
        this.state = state;
    }

    /// Whether `ipconfig` begins with that line.
    public static boolean begins(String line) {
        return (line.contains("Compartment")
                        && COMPARTMENT.matcher(line.strip()).matches())
                || (line.contains("indows") && TITLE.matcher(line).matches())
                || (line.contains(". . .") && FIELD.matcher(line).matches());
    }

    @Override
    public boolean line(String text, int number) {
        Matcher header = (isAfterRuler ? NUMBERED : COMPARTMENT).matcher(text.strip());
        isAfterRuler = text.startsWith("==") && isRuler(text);
        if (header.matches()) {
            end();
            compartment = Integer.parseInt(header.group(1));
            return true;
        }
        if (text.isBlank() || TITLE.matcher(text).matches() || isRuler(text)) {
            return true;
        }
        Matcher field = FIELD.matcher(text);
        Matcher full = FULL_FIELD.matcher(text);
        Matcher row = field.matches() && text.contains(".") ? field : full.matches() ? full : null;
        if (row != null) {
            label = row.group(1).toLowerCase(Locale.ROOT).strip();
            value(row.group(2) == null ? "" : row.group(2), number);
            return true;
        }
        if (ADAPTER.matcher(text).matches()
                && !text.contains("\"")
                && !text.toLowerCase(Locale.ROOT).contains("suffix")) {
            endAdapter();
            adapter = text.strip().substring(0, text.strip().length() - 1);
            start = number;
            label = "";
            return true;
        }
        return continuation(text, number);
    }

    private static boolean isRuler(String text) {
        return text.strip().matches("[=-]+");
    }

    /// A second gateway or server, or a suffix, on a line of its own.
    private boolean continuation(String text, int number) {
        String value = text.strip();
        if ((label.isEmpty() && adapter.isEmpty()) || value.contains(" ") || value.contains("|")) {
            return value.endsWith(":") && text.startsWith(" ");
        }
        value(value, number);
        return true;
    }

    private void value(String value, int number) {
        int mark = value.indexOf('(');
        String bare = (mark < 0 ? value : value.substring(0, mark)).replaceFirst("%\\d+$", "");
        if (HOST_NAME.matcher(label).find()) {
            state.add(new HostReading(HostReading.HOST_NAME, value, new Source(file, number)));
        } else if (GATEWAY.matcher(label).find()) {
            AddressText.parse(bare).ifPresent(gateways::add);
        } else if (DNS_SERVER.matcher(label).find()) {
            AddressText.parse(bare).ifPresent(dnsServers::add);
        } else if (mac.isEmpty() && MacText.parse(bare).isPresent()) {
            mac = MacText.parse(bare);
        } else if (label.contains("ipv4") || label.contains("ipv6") || label.equals("ip address")) {
            AddressText.parse(bare).ifPresent(addresses::add);
        }
    }

    @Override
    public void end() {
        endAdapter();
    }

    private void endAdapter() {
        if (!adapter.isEmpty()) {
            state.add(new HostInterface(
                    compartment,
                    adapter,
                    mac,
                    addresses,
                    gateways,
                    dnsServers,
                    OptionalInt.empty(),
                    new Source(file, start)));
        }
        adapter = "";
        mac = OptionalLong.empty();
        addresses.clear();
        gateways.clear();
        dnsServers.clear();
    }
}
