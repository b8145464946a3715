package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Ruleset.Family;
import hopline.flows.expect.Ruleset.Hook;
import hopline.flows.state.AddressText;
import hopline.flows.state.linux.IptablesChain;
import hopline.flows.state.linux.IptablesRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes chains of what `iptables-save` lists.
final class IptablesRules {

    private static final Map<String, Integer> PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "nat", -100, "filter", 0, "security", 50);
    private static final int AFTER_ROUTING = 100;
    private static final Map<String, Integer> PROTOCOLS = Map.of(
            "tcp", IpProtocol.TCP,
            "udp", IpProtocol.UDP,
            "sctp", IpProtocol.SCTP,
            "icmp", IpProtocol.ICMP,
            "ipv6-icmp", IpProtocol.ICMPV6);

    /// Options that say nothing about the packet, and stand alone.
    private static final Set<String> HARMLESS = Set.of(
            "--clamp-mss-to-pmtu",
            "--notrack",
            "--persistent",
            "--queue-bypass",
            "--queue-cpu-fanout",
            "--random",
            "--random-fully",
            "--restore-mark",
            "--save-mark");

    /// The same, with a value.
    private static final Set<String> HARMLESS_WITH_VALUE = Set.of(
            "-m",
            "--comment",
            "--ctmask",
            "--limit-burst",
            "--log-level",
            "--log-prefix",
            "--mode",
            "--nflog-group",
            "--nflog-prefix",
            "--nfmask",
            "--on-ip",
            "--on-port",
            "--packet",
            "--queue-balance",
            "--queue-num",
            "--reject-with",
            "--set-mss",
            "--tproxy-mark",
            "--zone");

    private IptablesRules() {}

    /// Whether a table is one of those that iptables has.
    static boolean isTable(String table) {
        return PRIORITIES.containsKey(table);
    }

    /// Adds those chains and rules to `rules`.
    static void add(List<IptablesChain> chains, List<IptablesRule> lines, Ruleset rules) {
        for (IptablesChain chain : chains) {
            hook(chain.name()).ifPresentOrElse(hook -> rules.add(base(chain, hook)), () -> rules.chain(name(chain)));
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (IptablesRule line : lines) {
            String chain = name(line.isIpv6(), line.table(), line.chain());
            int number = numbers.merge(chain, 1, Integer::sum);
            String named = line.table() + " " + line.chain() + " rule " + number;
            rules.add(
                    chain, new Ruleset.Line(expressions(line), RuleRef.of(tool(line.isIpv6()), named, line.source())));
        }
    }

    private static String tool(boolean isIpv6) {
        return isIpv6 ? "ip6tables" : "iptables";
    }

    private static String name(boolean isIpv6, String table, String chain) {
        return tool(isIpv6) + " " + table + " " + chain;
    }

    private static String name(IptablesChain chain) {
        return name(chain.isIpv6(), chain.table(), chain.name());
    }

    private static Ruleset.Base base(IptablesChain chain, Hook hook) {
        boolean isNat = chain.table().equals("nat");
        boolean isLate = isNat && (hook == Hook.POSTROUTING || hook == Hook.INPUT);
        return new Ruleset.Base(
                name(chain),
                chain.isIpv6() ? Family.IPV6 : Family.IPV4,
                hook,
                isLate ? AFTER_ROUTING : PRIORITIES.getOrDefault(chain.table(), 0),
                isNat,
                chain.policy().equals("DROP"),
                "",
                RuleRef.of(tool(chain.isIpv6()), chain.table() + " " + chain.name() + " policy", chain.source()));
    }

    private static Optional<Hook> hook(String chain) {
        return switch (chain) {
            case "PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING" -> Optional.of(Hook.valueOf(chain));
            default -> Optional.empty();
        };
    }

    /// The words of a rule; what stands in quotation marks is one.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ' ' && (!isQuoted || i == text.length())) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return words;
    }

    private static List<Expression> expressions(IptablesRule rule) {
        List<String> words = words(rule.text());
        Options options = new Options(words, rule);
        List<Expression> expressions = new ArrayList<>(options.tests);
        expressions.addAll(options.target());
        return expressions;
    }

    /// The options of one rule.
    private static final class Options {

        private final List<String> words;
        private final IptablesRule rule;
        private final List<Expression> tests = new ArrayList<>();
        private final Map<String, String> ofTarget = new HashMap<>();
        private String target = "";
        private boolean isGoto;

        Options(List<String> words, IptablesRule rule) {
            this.words = words;
            this.rule = rule;
            int at = words.size() > 1 && words.getFirst().equals("-A") ? 2 : 0;
            while (at < words.size()) {
                at = option(at);
            }
        }

        /// Takes the option at `at` and returns where the next begins.
        private int option(int at) {
            boolean negated = words.get(at).equals("!");
            int name = negated ? at + 1 : at;
            if (name >= words.size()) {
                return words.size();
            }
            String option = words.get(name);
            String value = name + 1 < words.size() ? words.get(name + 1) : "";
            return switch (option) {
                case "-j", "-g" -> {
                    target = value;
                    isGoto = option.equals("-g");
                    yield name + 2;
                }
                case "--to-destination", "--to-source", "--set-xmark", "--set-mark", "--or-mark", "--to-ports" -> {
                    ofTarget.put(option, value);
                    yield name + 2;
                }
                default ->
                    HARMLESS.contains(option)
                            ? name + 1
                            : HARMLESS_WITH_VALUE.contains(option)
                                    ? name + 2
                                    : name + test(option, value, negated, name);
            };
        }

        /// Takes a test and returns how many words it has.
        private int test(String option, String value, boolean negated, int name) {
            switch (option) {
                case "-s", "--source" -> address(true, value, negated);
                case "-d", "--destination" -> address(false, value, negated);
                case "-p", "--protocol" -> protocol(value, negated);
                case "--dport", "--dports", "--destination-port" -> ports(false, value, negated);
                case "--sport", "--sports", "--source-port" -> ports(true, value, negated);
                case "-i", "--in-interface" -> tests.add(Tests.in(Set.of(value), negated));
                case "-o", "--out-interface" -> tests.add(Tests.out(Set.of(value), negated));
                case "--mark" -> mark(value, negated);
                case "--ctstate", "--state" ->
                    tests.add(Tests.state(
                            new HashSet<>(
                                    Arrays.asList(value.toLowerCase(Locale.ROOT).split(","))),
                            negated));
                case "--dst-type" -> tests.add(type(false, value, negated));
                case "--src-type" -> tests.add(type(true, value, negated));
                case "--probability" -> tests.add(new Expression.Sometimes("probability " + shortened(value)));
                case "--every" -> tests.add(new Expression.Sometimes("one of " + value));
                case "--limit" -> tests.add(new Expression.Sometimes("within " + value));
                default -> {
                    boolean hasValue = !value.isEmpty() && !value.startsWith("-") && !value.equals("!");
                    tests.add(new Tests.Unread((negated ? "! " : "") + option + (hasValue ? " " + value : "")));
                    return followed(name);
                }
            }
            return 2;
        }

        /// The words up to the next option.
        private int followed(int name) {
            int next = name + 1;
            while (next < words.size()
                    && !words.get(next).startsWith("-")
                    && !words.get(next).equals("!")) {
                next++;
            }
            return next - name;
        }

        private static String shortened(String probability) {
            return probability.length() > 5 ? probability.substring(0, 5) : probability;
        }

        private static Expression type(boolean isSource, String value, boolean negated) {
            return value.equals("LOCAL") ? Tests.local(isSource, negated) : new Tests.Unread("address type " + value);
        }

        private void address(boolean isSource, String value, boolean negated) {
            Optional<List<AddressSpan>> spans = AddressSpan.parse(value);
            tests.add(
                    spans.isPresent()
                            ? new Tests.OfAddress(isSource, spans.get(), negated)
                            : new Tests.Unread("address " + value));
        }

        private void protocol(String value, boolean negated) {
            Integer known = PROTOCOLS.get(value);
            Optional<List<PortSpan>> spans =
                    known != null ? Optional.of(List.of(PortSpan.of(known))) : PortSpan.parse(value);
            if (!value.equals("all")) {
                tests.add(spans.<Expression>map(numbers -> Tests.protocol(numbers, negated))
                        .orElse(new Tests.Unread("protocol " + value)));
            }
        }

        private void ports(boolean isSource, String value, boolean negated) {
            Optional<List<PortSpan>> spans = PortSpan.parse(value);
            tests.add(spans.<Expression>map(numbers ->
                            isSource ? Tests.sourcePort(numbers, negated) : Tests.destinationPort(numbers, negated))
                    .orElse(new Tests.Unread("port " + value)));
        }

        private void mark(String value, boolean negated) {
            String[] parts = value.split("/", -1);
            tests.add(new Tests.OfMark(parts.length > 1 ? number(parts[1]) : -1, number(parts[0]), negated));
        }

        private static int number(String text) {
            try {
                return Long.decode(text).intValue();
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private List<Expression> target() {
            return switch (target) {
                case "" -> List.of();
                case "ACCEPT" -> List.of(new Expression.Accept());
                case "DROP" -> List.of(new Expression.Drop("a rule drops it"));
                case "REJECT" -> List.of(new Expression.Drop("a rule rejects it"));
                case "RETURN" -> List.of(new Expression.Return());
                case "MASQUERADE" -> List.of(new Expression.Snat(Optional.empty()));
                case "DNAT" -> List.of(dnat(ofTarget.getOrDefault("--to-destination", "")));
                case "SNAT" -> List.of(snat(ofTarget.getOrDefault("--to-source", "")));
                case "MARK" -> List.of(setMark());
                case "REDIRECT" -> List.of(new Expression.Redirect(port(ofTarget.getOrDefault("--to-ports", ""))));
                case "QUEUE", "NFQUEUE" -> List.of(new Expression.Unclear("a program decides on it (" + target + ")"));
                case "TPROXY" -> List.of(new Expression.Unclear("a proxy of the node takes it (TPROXY)"));
                case "AUDIT", "CHECKSUM", "CLASSIFY", "CONNMARK", "CONNSECMARK", "CT", "DSCP", "HL", "LED", "LOG" ->
                    List.of(new Expression.Nothing());
                case "NFLOG", "NOTRACK", "RATEEST", "SECMARK", "SET", "TCPMSS", "TCPOPTSTRIP", "TOS", "TRACE", "ULOG" ->
                    List.of(new Expression.Nothing());
                default -> {
                    String chain = name(rule.isIpv6(), rule.table(), target);
                    yield List.of(isGoto ? new Expression.Goto(chain) : new Expression.Jump(chain));
                }
            };
        }

        private static Expression dnat(String to) {
            boolean hasPort = to.indexOf(':') == to.lastIndexOf(':') || to.startsWith("[");
            int colon = hasPort ? to.indexOf(':', Math.max(0, to.indexOf(']'))) : -1;
            Optional<Address> address = AddressText.parse(bare(colon < 0 ? to : to.substring(0, colon)));
            String port = colon < 0 ? "" : to.substring(colon + 1);
            return address.<Expression>map(at -> new Expression.Dnat(at, port(port)))
                    .orElse(new Expression.Unclear("DNAT to " + to));
        }

        private static String bare(String address) {
            return address.startsWith("[") && address.endsWith("]")
                    ? address.substring(1, address.length() - 1)
                    : address;
        }

        private static Expression snat(String to) {
            Optional<Address> address = AddressText.parse(bare(to));
            return address.isPresent() ? new Expression.Snat(address) : new Expression.Unclear("SNAT to " + to);
        }

        /// -1 where it is none, or any of several.
        private static int port(String text) {
            return PortSpan.parse(text)
                    .filter(spans -> spans.size() == 1 && spans.getFirst().isSingle())
                    .map(spans -> spans.getFirst().first())
                    .orElse(-1);
        }

        private Expression setMark() {
            String or = ofTarget.get("--or-mark");
            if (or != null) {
                return new Expression.Mark(~number(or), number(or));
            }
            String value = ofTarget.getOrDefault("--set-xmark", ofTarget.getOrDefault("--set-mark", "0"));
            String[] parts = value.split("/", -1);
            int mask = parts.length > 1 ? number(parts[1]) : -1;
            return new Expression.Mark(~mask, number(parts[0]));
        }
    }
}
