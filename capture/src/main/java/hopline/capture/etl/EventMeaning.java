package hopline.capture.etl;

import hopline.capture.event.Matter;
import org.jspecify.annotations.Nullable;

/// What one provider's events mean, beside packets.
public interface EventMeaning {

    /// Whose events it understands.
    Guid provider();

    /// What people call it.
    String providerName();

    /// The table of published layouts, beside this class; empty for providers whose events all carry their own.
    String table();

    /// False for events that occur with each packet and say nothing: they are not even read.
    boolean wants(int id);

    /// What the event says, or null when that is of no interest.
    @Nullable Matter read(DescribedEvent event);
}
