package hopline.flows.state.log;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a line of a log can tell.
public enum Signal {
    /// The runtime could not set up a pod's network.
    SANDBOX_FAILED(
            "(?i)FailedCreatePodSandBox|failed to create (?:pod )?sandbox|failed to set ?up (?:network for )?sandbox"
                    + "|RunPodSandbox (?:from runtime service )?failed"),
    /// No address was left.
    IPAM_EXHAUSTED(
            "(?i)no IP addresses available in|no available (?:IP )?addresses|failed to allocate for range"
                    + "|no more (?:free )?(?:IP )?addresses|ipam.{0,40}(?:exhausted|pool is full)|failed to assign an IP address"),
    /// HNS has no ports for another load balancer or translation.
    PORTS_EXHAUSTED("(?i)specified port already exists|HCN_E_PORT_ALREADY_EXISTS|running out of ephemeral ports"),
    /// The Host Network Service died.
    HNS_CRASHED(
            "(?i)Host Network Service.{0,20}(?:service )?terminated unexpectedly|\\bhns\\b.{0,30}terminated unexpectedly"),
    /// kube-proxy could not tell which endpoints a load balancer has.
    HASHING_FAILED("Error hashing endpoints"),
    /// kube-proxy could not program a service.
    POLICY_FAILED("(?i)Policy creation failed|failed to create (?:hns )?(?:load ?balancer|policy)"
            + "|error (?:creating|getting) (?:hns )?load ?balancer"),
    /// kube-proxy found no HNS endpoint for a backend.
    ENDPOINT_UNKNOWN("Endpoint information not available for service|Local endpoint not found"),
    /// The image is for another build of Windows.
    IMAGE_MISMATCH("(?i)does not match the host operating system|no matching manifest for windows"
            + "|container operating system does not match"),
    /// A call to HNS failed.
    HNS_ERROR("(?i)0x803b[0-9a-f]{4}|hcnCreate\\w+ failed|hnsCall\\w* failed|HNS failed with error"),
    /// flannel learnt of another node's range.
    LEASE_ADDED("Subnet added: \\S+ via \\S+"),
    /// flannel was told that a range is gone.
    LEASE_REMOVED("Subnet removed: \\S+"),
    /// A name was not found.
    NAME_UNRESOLVED("(?i)no such host|NXDOMAIN|could not be resolved|DNS name does not exist|name resolution fail"),
    /// The DNS server could not ask on.
    DNS_FAILED("plugin/errors: \\d+ .*"),
    /// The API server was not reached.
    API_UNREACHABLE(
            "(?i)unable to connect to the server|failed to watch|dial tcp \\S+:6?443: .*(?:time|refused|route)"),
    /// A probe failed.
    PROBE_FAILED("(?i)(?:readiness|liveness) probe failed"),
    /// A network or endpoint was made or lost.
    ENDPOINTS_CHANGED("=\\{Ready:(?:true|false),Serving:");

    private final Pattern pattern;

    Signal(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /// What the message tells, if it is one of these; the most telling.
    public static Optional<Signal> of(String message) {
        return Arrays.stream(values())
                .filter(signal -> signal.pattern.matcher(message).find())
                .findFirst();
    }
}
