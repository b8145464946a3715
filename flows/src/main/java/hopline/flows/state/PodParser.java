package hopline.flows.state;

import hopline.decode.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Makes a [Pod] of the JSON of one.
final class PodParser {

    private final ItemContext context;

    PodParser(ItemContext context) {
        this.context = context;
    }

    Pod parse(NamespacedName id, Fields item) throws UnusableItemException, Budget.ExhaustedException {
        Fields metadata = item.object("metadata");
        Fields spec = item.object("spec");
        Fields status = item.object("status");
        Pod pod = new Pod(
                id.namespace(),
                id.name(),
                metadata.text("uid"),
                addresses(status),
                Optional.of(context.share(spec.text("nodeName"))).filter(name -> !name.isEmpty()),
                context.address(status.text("hostIP"), "pod host address"),
                spec.flag("hostNetwork", false),
                context.share(status.text("phase")),
                holds(metadata, status),
                ports(spec),
                shared(metadata.textMap("labels")));
        context.take((long) ItemContext.ELEMENT_COST
                * (pod.addresses().size() + pod.ports().size() + pod.labels().size()));
        return pod;
    }

    private List<Address> addresses(Fields status) throws UnusableItemException {
        List<String> texts = new ArrayList<>();
        for (Fields entry : status.objects("podIPs")) {
            texts.add(entry.text("ip"));
        }
        texts.add(status.text("podIP"));
        return context.addresses(texts, "pod address");
    }

    private List<ContainerPort> ports(Fields spec) throws UnusableItemException {
        List<ContainerPort> ports = new ArrayList<>();
        for (Fields container : spec.objects("containers")) {
            for (Fields port : container.objects("ports")) {
                port(port).ifPresent(ports::add);
            }
        }
        return ports;
    }

    private Optional<ContainerPort> port(Fields port) throws UnusableItemException {
        OptionalInt protocol = context.protocol(port.text("protocol"), "container port protocol");
        long number = port.number("containerPort", 0);
        if (protocol.isEmpty() || !context.isPort(number, "container port")) {
            return Optional.empty();
        }
        return Optional.of(new ContainerPort(context.share(port.text("name")), protocol.getAsInt(), (int) number));
    }

    private Map<String, String> shared(Map<String, String> labels) {
        Map<String, String> shared = new TreeMap<>();
        labels.forEach((key, value) -> shared.put(context.share(key), context.share(value)));
        return shared;
    }

    /// A container whose end is unknown is said to have ended in 1970: an end before the start is none.
    private Interval holds(Fields metadata, Fields status) throws UnusableItemException {
        long from = start(metadata, status);
        long until = end(metadata, status);
        return new Interval(from, until > from ? until : Long.MAX_VALUE);
    }

    private long start(Fields metadata, Fields status) throws UnusableItemException {
        OptionalLong started = context.time(status.text("startTime"), "pod start time");
        return started.isPresent()
                ? started.getAsLong()
                : context.time(metadata.text("creationTimestamp"), "pod creation time")
                        .orElse(Long.MIN_VALUE);
    }

    private long end(Fields metadata, Fields status) throws UnusableItemException {
        long deleted = endOfSecond(context.time(metadata.text("deletionTimestamp"), "pod deletion time"));
        String phase = status.text("phase");
        return phase.equals("Succeeded") || phase.equals("Failed")
                ? Math.min(deleted, endOfSecond(finished(status)))
                : deleted;
    }

    private OptionalLong finished(Fields status) throws UnusableItemException {
        List<Fields> containers = new ArrayList<>(status.objects("containerStatuses"));
        containers.addAll(status.objects("initContainerStatuses"));
        OptionalLong latest = OptionalLong.empty();
        for (Fields container : containers) {
            String text = container.object("state").object("terminated").text("finishedAt");
            OptionalLong finished = context.time(text, "container end time");
            latest = finished.isPresent() && finished.getAsLong() > latest.orElse(Long.MIN_VALUE) ? finished : latest;
        }
        return latest;
    }

    /// The first moment after the second that `time` names.
    private static long endOfSecond(OptionalLong time) {
        long start = time.orElse(Long.MAX_VALUE);
        return start < Long.MAX_VALUE - Timestamps.NANOS_PER_SECOND ? start + Timestamps.NANOS_PER_SECOND : start;
    }
}
