package hopline.flows.state.hns;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.Source;
import hopline.flows.state.text.TextSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what `hnsdiag list` prints without `-d`: tables under headings, or stanzas on newer builds. Columns
/// stand apart by blanks or bars; what text recognition did to identifiers does not matter, as long as they
/// look like some.
public final class HnsdiagTable implements TextSection {

    /// GUIDs, as well as they survive screenshots.
    private static final Pattern ID = Pattern.compile("(?i)\\b[0-9a-f]{6,12}(?:-[0-9a-f]{3,5}){1,3}-[0-9a-f]{9,13}\\b");

    private static final Pattern HEADING =
            Pattern.compile("(?i)^\\s*(networks|endpoints|namespaces|load ?balancers)\\s*:\\s*$");

    private static final Pattern COLUMNS =
            Pattern.compile("(?i)^\\s*ID\\s*\\|?\\s+Virtual IPs\\s*\\|?\\s+Direct IP IDs.*");
    private static final Pattern ROW = Pattern.compile(
            "(?i)^\\s*([0-9a-f]{6,12}[0-9a-f-]{20,})\\s*\\|\\s*([0-9a-f.: ]*?)\\s*\\|\\s*([0-9a-f -]*)$");
    private static final Pattern STANZA =
            Pattern.compile("(?i)^(Endpoint|Load Balancer|Network|Namespace)\\s*:\\s*(\\S+)\\s*$");
    private static final Pattern FIELD = Pattern.compile("^\\s+([A-Za-z ]+?)\\s*:\\s*(.*)$");

    private final String file;
    private final HnsState state;
    private String heading = "";
    private @Nullable Stanza stanza;

    private static final class Stanza {
        private final String kind;
        private final String id;
        private final int line;
        private final List<Address> addresses = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private String name = "";

        Stanza(String kind, String id, int line) {
            this.kind = kind.toLowerCase(Locale.ROOT);
            this.id = id.toLowerCase(Locale.ROOT);
            this.line = line;
        }
    }

    /// Reads into `state` what `file` holds.
    public HnsdiagTable(String file, HnsState state) {
        this.file = file;
        this.state = state;
    }

    /// Whether a table or a stanza of `hnsdiag` begins with that line.
    public static boolean begins(String line) {
        return (line.indexOf(':') > 0
                        && line.stripTrailing().endsWith(":")
                        && HEADING.matcher(line).matches())
                || (line.contains("IP IDs") && COLUMNS.matcher(line).matches())
                || (line.indexOf('|') >= 0 && ROW.matcher(line).matches())
                || (beginsAtMargin(line)
                        && STANZA.matcher(line).matches()
                        && ID.matcher(line).find());
    }

    private static boolean beginsAtMargin(String line) {
        return !line.isEmpty() && "EeLlNn".indexOf(line.charAt(0)) >= 0;
    }

    @Override
    public boolean line(String text, int number) {
        Matcher title = HEADING.matcher(text);
        if (title.matches()) {
            heading = title.group(1).toLowerCase(Locale.ROOT).replace(" ", "");
            if (heading.equals("loadbalancers")) {
                state.noteLoadBalancers(true);
            }
            return true;
        }
        if (COLUMNS.matcher(text).matches()) {
            heading = "loadbalancers";
            state.noteLoadBalancers(true);
            return true;
        }
        if (text.isBlank() || text.strip().startsWith("--") || text.strip().matches("(?i)(Name\\s+)?ID\\b.*")) {
            return true;
        }
        return stanza(text, number) || row(text, number);
    }

    private boolean stanza(String text, int number) {
        Matcher head = STANZA.matcher(text);
        if (head.matches()) {
            end();
            stanza = new Stanza(head.group(1), head.group(2), number);
            return true;
        }
        Matcher field = FIELD.matcher(text);
        if (stanza == null || !field.matches()) {
            return false;
        }
        String name = field.group(1).toLowerCase(Locale.ROOT);
        if (name.startsWith("direct ip")) {
            stanza.ids.addAll(ids(field.group(2)));
        } else if (name.startsWith("ip address") || name.startsWith("virtual ip")) {
            stanza.addresses.addAll(addresses(field.group(2)));
        } else if (name.equals("name")) {
            stanza.name = field.group(2).strip();
        }
        return true;
    }

    @Override
    public void end() {
        Stanza last = stanza;
        stanza = null;
        if (last == null) {
            return;
        }
        Source source = new Source(file, last.line);
        switch (last.kind) {
            case "endpoint" -> endpoint(last.id, last.name, "", last.addresses, source);
            case "load balancer" -> loadBalancer(last.id, last.addresses, last.ids, source);
            case "network" -> network(last.id, last.name, source);
            default -> state.add(new HnsNamespace(last.id, last.ids, source));
        }
    }

    private boolean row(String text, int number) {
        List<String> ids = ids(text);
        Source source = new Source(file, number);
        if (ROW.matcher(text).matches() || (heading.equals("loadbalancers") && looksLikeRow(text))) {
            String[] columns =
                    text.contains("|") ? text.split("\\|", -1) : text.strip().split("\\s+", 2);
            String rest = columns.length > 1 ? text.substring(text.indexOf(columns[1], columns[0].length())) : "";
            loadBalancer(columns[0].strip().toLowerCase(Locale.ROOT), addresses(rest), ids(rest), source);
            return true;
        }
        if (ids.isEmpty()) {
            return false;
        }
        String first = ids.getFirst();
        String before =
                text.substring(0, text.toLowerCase(Locale.ROOT).indexOf(first)).strip();
        String after = text.substring(text.toLowerCase(Locale.ROOT).indexOf(first) + first.length())
                .strip();
        switch (heading) {
            case "networks" -> network(first, before, source);
            case "endpoints" -> endpoint(first, before, after, List.of(), source);
            case "namespaces" -> state.add(new HnsNamespace(first, ids.subList(1, ids.size()), source));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean looksLikeRow(String text) {
        return text.strip().matches("(?i)[0-9a-f-]{30,40}\\s+\\S.*");
    }

    private static List<String> ids(String text) {
        return ID.matcher(text)
                .results()
                .map(hit -> hit.group().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<Address> addresses(String text) {
        List<Address> addresses = new ArrayList<>();
        for (String word : text.split("[\\s|,]+", -1)) {
            AddressText.parse(word).ifPresent(addresses::add);
        }
        return addresses;
    }

    private void network(String id, String name, Source source) {
        state.add(new HnsNetwork(
                id,
                name,
                "",
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                OptionalInt.empty(),
                List.of(),
                source));
    }

    private void endpoint(String id, String name, String network, List<Address> addresses, Source source) {
        state.noteEndpoints(true);
        state.add(new HnsEndpoint(
                id,
                name,
                network.toLowerCase(Locale.ROOT),
                "",
                addresses,
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                name.equals("Ethernet"),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                "",
                false,
                source));
    }

    private void loadBalancer(String id, List<Address> vips, List<String> endpoints, Source source) {
        state.noteLoadBalancers(true);
        state.add(new HnsLoadBalancer(
                id, endpoints, vips, Optional.empty(), List.of(), Optional.empty(), OptionalInt.empty(), source));
    }
}
