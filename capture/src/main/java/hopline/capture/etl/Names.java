package hopline.capture.etl;

import java.util.HashMap;
import java.util.Map;

/// What providers are called: those known here, and those that a trace names itself.
final class Names {

    /// A bound on memory.
    private static final int MAX_NAMES = 1 << 14;

    private static final int MAX_LENGTH = 256;

    private static final Map<Guid, String> KNOWN = Map.ofEntries(
            known("0c885e0d-6eb6-476c-a048-2457eed3a5c1", "Microsoft-Windows-Host-Network-Service"),
            known("2f07e2ee-15db-40f1-90ef-9d7ba282188a", "Microsoft-Windows-TCPIP"),
            known("66c07ecd-6667-43fc-93f8-05cf07f446ec", "Microsoft-Windows-WinNat"),
            known("67dc0d66-3695-47c0-9642-33f76f7bd7ad", "Microsoft-Windows-Hyper-V-VmSwitch"),
            known("93f693dc-9163-4dee-af64-d855218af242", "Microsoft-Windows-Host-Network-Management"),
            known("94deb9d1-0a52-449b-b368-41e4426b4f36", "Microsoft-Windows-Hyper-V-NetSetupHelper"),
            known("9f2660ea-cfe7-428f-9850-aeca612619b0", "Microsoft-Windows-Hyper-V-VfpExt"),
            known("c22d1b14-c242-49de-9f17-1d76b8b9c458", "Microsoft-Windows-WFP"),
            known("d84521f7-2235-4237-a7c0-14e3a9676286", "Microsoft-Windows-Ras-NdisWanPacketCapture"));

    private final Map<Guid, String> names = new HashMap<>(KNOWN);

    private static Map.Entry<Guid, String> known(String guid, String name) {
        return Map.entry(Guid.of(guid), name);
    }

    /// Takes in what something that is trusted less than the names known here calls a provider.
    void add(Guid provider, String name) {
        if (!name.isBlank() && name.length() <= MAX_LENGTH && names.size() < MAX_NAMES) {
            names.putIfAbsent(provider, name);
        }
    }

    /// The provider's name, else its GUID in lower case; the kernel's own events have the number of their group.
    String of(EventCounts.Kind kind) {
        return switch (kind.family()) {
            case PROVIDER, MESSAGE ->
                names.getOrDefault(kind.provider(), kind.provider().toString());
            case KERNEL -> "kernel-group-" + kind.provider().low();
            case OTHER -> "other";
        };
    }

    /// `provider/id`.
    String label(EventCounts.Kind kind) {
        return of(kind) + "/" + kind.id();
    }
}
