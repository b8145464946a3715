package hopline.capture.etl.hns;

import hopline.capture.etl.DescribedEvent;
import hopline.capture.etl.EventMeaning;
import hopline.capture.etl.Guid;
import hopline.capture.etl.OperationWords;
import hopline.capture.event.Matter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What HNS and its neighbours do: every event brings its own layout, and only its words say what it means.
///
/// A few names are known from traces printed as text: `AddingLayer`, `RemovingLayer`, `AddingSpace`, `RemovingSpace`,
/// `TimerCallback`. All others are read by their words; none was seen in a real trace.
public final class HnsEvents implements EventMeaning {

    private final Guid provider;
    private final String name;

    private HnsEvents(String provider, String name) {
        this.provider = Guid.of(provider);
        this.name = name;
    }

    /// The service itself.
    public static HnsEvents service() {
        return new HnsEvents("0c885e0d-6eb6-476c-a048-2457eed3a5c1", "Microsoft-Windows-Host-Network-Service");
    }

    /// What manages it.
    public static HnsEvents management() {
        return new HnsEvents("93f693dc-9163-4dee-af64-d855218af242", "Microsoft-Windows-Host-Network-Management");
    }

    /// Its part for overlay networks.
    public static HnsEvents overlayPlugin() {
        return new HnsEvents("564368d6-577b-4af5-ad84-1c54464848e6", "Microsoft-Windows-Overlay-HNSPlugin");
    }

    @Override
    public Guid provider() {
        return provider;
    }

    @Override
    public String providerName() {
        return name;
    }

    @Override
    public String table() {
        return "";
    }

    @Override
    public boolean wants(int id) {
        return true;
    }

    @Override
    public @Nullable Matter read(DescribedEvent event) {
        String lower = event.name().toLowerCase(Locale.ROOT);
        if (lower.contains("timer") || lower.isEmpty()) {
            return null;
        }
        boolean routine = lower.endsWith("layer") || lower.endsWith("space") || lower.endsWith("group");
        return OperationWords.read(
                event, routine, "vip", "VIP", "virtualIP", "VirtualIPs", "IPAddress", "ipAddress", "Name", "name");
    }
}
