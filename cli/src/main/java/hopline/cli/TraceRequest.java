package hopline.cli;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Headers;
import hopline.flows.expect.Walker;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import hopline.flows.state.collection.CollectedState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/// The packet that `trace` is asked about, and where it begins.
///
/// @param octets its length from the IP header on; 0 when it does not matter
record TraceRequest(Headers packet, Walker.Start start, int octets) {

    private static final int MAX_OCTETS = 0xffff;

    /// What a client's system might choose.
    private static final int CLIENT_PORT = 40_000;

    private static final Map<String, Integer> PROTOCOLS =
            Map.of("tcp", IpProtocol.TCP, "udp", IpProtocol.UDP, "sctp", IpProtocol.SCTP, "icmp", IpProtocol.ICMP);

    /// A name or address, and a port when one was given.
    private record Named(String name, int port) {}

    static TraceRequest of(CommandLine line, CollectedState state, Walker walker) throws UsageException {
        int protocol = protocol(line);
        Cluster cluster = state.cluster();
        Named from = named("from", line);
        Named to = named("to", line);
        Address source = sender(from.name(), cluster);
        Address destination = destination(to.name(), cluster);
        boolean hasPorts = IpProtocol.hasPorts(protocol);
        if (hasPorts && to.port() == Endpoint.NO_PORT) {
            throw new UsageException("--to needs a port, as in " + to.name() + ":80");
        }
        Endpoint sender = new Endpoint(
                source, !hasPorts ? Endpoint.NO_PORT : from.port() == Endpoint.NO_PORT ? CLIENT_PORT : from.port());
        Endpoint target = new Endpoint(destination, hasPorts ? to.port() : Endpoint.NO_PORT);
        String size = line.getOptionValue("size");
        int octets = size == null ? 0 : Values.number("size", size, 1, MAX_OCTETS);
        return new TraceRequest(
                Headers.of(protocol, sender, target, 0), start(line, source, destination, walker), octets);
    }

    private static int protocol(CommandLine line) throws UsageException {
        String name = line.getOptionValue("protocol", "tcp").toLowerCase(Locale.ROOT);
        Integer protocol = PROTOCOLS.get(name);
        if (protocol == null) {
            throw new UsageException("--protocol is tcp, udp, sctp or icmp, not " + name);
        }
        return protocol;
    }

    private static Named named(String option, CommandLine line) throws UsageException {
        String text = line.getOptionValue(option);
        if (text == null || text.isEmpty()) {
            throw new UsageException("--" + option + " is missing");
        }
        boolean isBare = AddressText.parse(text).isPresent();
        int colon = isBare ? -1 : text.lastIndexOf(':');
        if (colon < 0) {
            return new Named(unbracketed(text), Endpoint.NO_PORT);
        }
        int port = Values.number(option, text.substring(colon + 1), 0, 0xffff);
        return new Named(unbracketed(text.substring(0, colon)), port);
    }

    private static String unbracketed(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    private static Address sender(String name, Cluster cluster) throws UsageException {
        return AddressText.parse(name)
                .or(() -> pod(name, cluster))
                .or(() -> cluster.node(name)
                        .flatMap(node -> node.internalAddresses().stream().findFirst()))
                .orElseThrow(() -> new UsageException("--from: no pod, node or address is called " + name));
    }

    private static Address destination(String name, Cluster cluster) throws UsageException {
        Optional<Address> service = cluster.services().stream()
                .filter(known -> known.id().toString().equals(qualified(name)))
                .map(Service::clusterIps)
                .flatMap(addresses -> addresses.stream())
                .findFirst();
        return AddressText.parse(name)
                .or(() -> service)
                .or(() -> pod(name, cluster))
                .or(() -> cluster.node(name).map(Node::internalAddresses).flatMap(all -> all.stream()
                        .findFirst()))
                .orElseThrow(() -> new UsageException("--to: no service, pod, node or address is called " + name));
    }

    private static Optional<Address> pod(String name, Cluster cluster) {
        return cluster.pods().stream()
                .filter(pod -> pod.id().toString().equals(qualified(name)))
                .map(Pod::addresses)
                .flatMap(addresses -> addresses.stream())
                .findFirst();
    }

    private static String qualified(String name) {
        return name.indexOf('/') < 0 ? "default/" + name : name;
    }

    private static Walker.Start start(CommandLine line, Address source, Address destination, Walker walker)
            throws UsageException {
        String at = line.getOptionValue("at");
        if (at != null) {
            if (!walker.nodes().contains(at)) {
                throw new UsageException(
                        "--at: no state of a node named " + at + "; there is " + String.join(", ", walker.nodes()));
            }
            return new Walker.Start.AtWire(at);
        }
        return walker.start(source, destination)
                .orElseThrow(() -> new UsageException("it is not known where a packet from " + source
                        + " begins: no state of its node was read; --at names the node where it arrives"));
    }
}
