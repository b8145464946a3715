package hopline.capture.etl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often each event occurs, by provider and number.
final class EventCounts {

    /// A bound on memory: more kinds than any trace has; those beyond are counted as one.
    private static final int MAX_KINDS = 1 << 14;

    /// What tells one kind of event from another.
    record Kind(Family family, Guid provider, int id) {

        static Kind of(TraceEvent event) {
            return new Kind(Family.of(event), event.provider(), event.id());
        }
    }

    /// What an event's provider is.
    enum Family {
        PROVIDER,
        KERNEL,
        MESSAGE,
        OTHER;

        static Family of(TraceEvent event) {
            HeaderKind kind = event.kind();
            if (kind.isManifest() || kind.isClassic()) {
                return PROVIDER;
            }
            return kind.isKernel() ? KERNEL : kind == HeaderKind.WPP ? MESSAGE : OTHER;
        }
    }

    private static final Kind BEYOND = new Kind(Family.OTHER, new Guid(0, 0), 0);

    /// A count that is added to without a new object for each event.
    private static final class Count {

        private final Kind kind;
        private long events;

        Count(Kind kind) {
            this.kind = kind;
        }
    }

    private final Map<Kind, Count> counts = new HashMap<>();
    private Count last = new Count(BEYOND);

    void add(TraceEvent event) {
        if (!isLast(event)) {
            last = count(Kind.of(event));
        }
        last.events++;
    }

    /// Most events are of the same kind as the one before.
    private boolean isLast(TraceEvent event) {
        return event.isManifest()
                && last.kind.id() == event.id()
                && last.kind.family() == Family.PROVIDER
                && event.isOf(last.kind.provider());
    }

    private Count count(Kind kind) {
        Count known = counts.get(kind);
        if (known != null) {
            return known;
        }
        Kind counted = counts.size() < MAX_KINDS ? kind : BEYOND;
        return counts.computeIfAbsent(counted, Count::new);
    }

    Collection<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        counts.values().forEach(count -> kinds.add(count.kind));
        return kinds;
    }

    long events(Kind kind) {
        Count count = counts.get(kind);
        return count == null ? 0 : count.events;
    }
}
