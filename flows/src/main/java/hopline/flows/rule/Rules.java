package hopline.flows.rule;

import hopline.flows.scene.FlowCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every rule there is.
public final class Rules {

    /// In the order of cause and effect: of what several rules see in one flow, the first explains the later ones.
    private static final List<FlowRule> FLOW_RULES = List.of(
            new ServiceNotTranslated(),
            new ServiceWrongBackend(),
            new ServiceWrongPort(),
            new HairpinNotTranslated(),
            new DnsWrongServer(),
            new RoutingLoop(),
            new L2RewriteMissing(),
            new WrongNextHop(),
            new SnatWrongSource(),
            new VxlanNotEncapsulated(),
            new IcmpNotTranslated(),
            new SnatMissing(),
            new VxlanWrongRemote(),
            new VxlanWrongSource(),
            new VxlanPortMismatch(),
            new VxlanInnerMacMismatch(),
            new VxlanVniMismatch(),
            new ReplyNotRestored(),
            new FragmentMissing(),
            new MtuExceeded(),
            new TtlExpired(),
            new SnatUnexpected(),
            new SnatPortCollision(),
            new AddressConflict(),
            new ArpUnanswered(),
            new PolicyBlocked(),
            new SourceAddressGuarded(),
            new HostFirewallBlocked(),
            new SnatPortExhausted(),
            new PacketDropped(),
            new ApiServerUnreachable(),
            new IcmpUnreachable(),
            new ConnectionRefused(),
            new DnsSlow(),
            new AsymmetricPath(),
            new PacketVanished(),
            new LostBetweenNodes(),
            new ConnectionReset(),
            new DnsFailure(),
            new DnsNxdomain(),
            new DnsUnanswered(),
            new ConnectionUnanswered(),
            new ZeroWindow(),
            new Retransmissions());

    private static final List<FlowRule> SEEING_UNTROUBLED =
            FLOW_RULES.stream().filter(FlowRule::seesUntroubled).toList();

    private static final List<FlowRule> SEEING_UNTROUBLED_NAMES = FLOW_RULES.stream()
            .filter(rule -> rule.seesUntroubled() || rule.seesNames())
            .toList();

    private static final List<SceneRule> SCENE_RULES = List.of(
            new AddressConflict(),
            new ArpUnanswered(),
            new CaptureIncomplete(),
            new CapturePointMissing(),
            new ClockUnreliable());

    /// Between a rule's id and its meaning, in the first line of its page.
    private static final String MEANING_MARK = ": ";

    private Rules() {}

    /// The rules about flows, causes before effects.
    public static List<FlowRule> ofFlows() {
        return FLOW_RULES;
    }

    /// Those of them that may see something in `flow`, in the same order.
    static List<FlowRule> concerning(FlowCase flow) {
        if (!flow.isUntroubled()) {
            return FLOW_RULES;
        }
        return flow.flow().dns() == null ? SEEING_UNTROUBLED : SEEING_UNTROUBLED_NAMES;
    }

    /// The rules about the captures as a whole.
    public static List<SceneRule> ofScene() {
        return SCENE_RULES;
    }

    /// All of them, each once; a rule that is of both kinds stands among those about flows.
    public static List<Rule> all() {
        List<Rule> all = new ArrayList<>(FLOW_RULES);
        SCENE_RULES.stream()
                .filter(rule -> all.stream().noneMatch(known -> known.id().equals(rule.id())))
                .forEach(all::add);
        return List.copyOf(all);
    }

    /// The rule of that id.
    public static Optional<Rule> of(String id) {
        return all().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// The page that explains `rule`: what it means, how it is detected, what to do. Its first line is id and meaning.
    public static String page(Rule rule) {
        try (InputStream page = Rules.class.getResourceAsStream(rule.id() + ".txt")) {
            if (page == null) {
                throw new IllegalStateException("rule " + rule.id() + " has no page");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `rule` means, in a line.
    public static String meaning(Rule rule) {
        String page = page(rule);
        return page.substring(rule.id().length() + MEANING_MARK.length(), page.indexOf('\n'));
    }
}
