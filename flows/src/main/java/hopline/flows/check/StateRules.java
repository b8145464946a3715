package hopline.flows.check;

import hopline.flows.rule.Severity;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.log.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every rule about state alone.
public final class StateRules {

    /// In the order in which findings of one severity are told: what stops everything first.
    private static final List<StateRule> ALL = List.of(
            new ComponentNotRunning(),
            new KnownBuildDefect(),
            new VfpExtensionDisabled(),
            new ManagementIpInvalid(),
            new CniConfigInvalid(),
            new LoggedFailure(
                    "sandbox-failed",
                    "F41",
                    Set.of(Signal.SANDBOX_FAILED),
                    Severity.ERROR,
                    "A pod's sandbox could not be set up",
                    "The message names the step: a CNI configuration, an address, or HNS (an error 0x803b…)."),
            new IpamExhausted(),
            new ImageBuildMismatch(),
            new EndpointMissing(),
            new EndpointState(),
            new DuplicateEndpoint(),
            new GatewayAddressWrong(),
            new RouteMissing(),
            new RemoteSubnetRouteMissing(),
            new RemoteSubnetRouteWrong(),
            new VxlanConfigMismatch(),
            new MtuConfigWrong(),
            new LoadBalancerMissing(),
            new LoadBalancerStaleBackend(),
            new LoadBalancerWrongPort(),
            new LoadBalancerSettings(),
            new VfpRuleMissing(),
            new L2RewriteRuleMissing(),
            new PortBlocked(),
            new EssentialTrafficBlocked(),
            new NatExceptionInvalid(),
            new NatExceptionMissing(),
            new SourceVipWrong(),
            new SnatPortExhausted(),
            new DnsServerWrong(),
            new DnsDeploymentDuplicate(),
            new LoggedFailure(
                    "dns-negative-cache",
                    "",
                    Set.of(Signal.NAME_UNRESOLVED),
                    Severity.NOTE,
                    "Names were not found",
                    "Windows remembers for a while that a name does not exist, also after it does: Clear-DnsClientCache,"
                            + " or set MaxNegativeCacheTtl to 0 while services come and go."),
            new ServiceWithoutEndpoints(),
            new ServiceSelectorMismatch(),
            new ServiceOverLimit(),
            new HealthProbePortWrong(),
            new IpForwardingOff(),
            new ForwardPolicyDrop(),
            new HairpinModeOff());

    /// Between a rule's id and its meaning, in the first line of its page.
    private static final String MEANING_MARK = ": ";

    private StateRules() {}

    /// All of them.
    public static List<StateRule> all() {
        return ALL;
    }

    /// The rule of that id.
    public static Optional<StateRule> of(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// What all rules see in `state`, worst first.
    public static List<StateFinding> check(CollectedState state) {
        return findings(state).all();
    }

    /// The same, with how much of it is beyond what is told.
    public static StateFindings findings(CollectedState state) {
        StateView view = new StateView(state);
        StateFindings findings = new StateFindings();
        ALL.forEach(rule -> rule.check(view, findings));
        return findings;
    }

    /// The page that explains `rule`. Its first line is id and meaning.
    public static String page(StateRule rule) {
        try (InputStream page = StateRules.class.getResourceAsStream(rule.id() + ".txt")) {
            if (page == null) {
                throw new IllegalStateException("rule " + rule.id() + " has no page");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `rule` means, in a line.
    public static String meaning(StateRule rule) {
        String page = page(rule);
        return page.substring(rule.id().length() + MEANING_MARK.length(), page.indexOf('\n'));
    }
}
