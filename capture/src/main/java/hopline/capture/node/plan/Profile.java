package hopline.capture.node.plan;

import java.util.Arrays;
import java.util.Locale;

/// What a trace of Windows holds beside packets. libpcap knows packets only.
public enum Profile {
    /// Packets at every component, dropped ones included.
    PACKETS,
    /// Only packets that were dropped, and why.
    DROPS,
    /// Packets, and what VFP decided about each: rules matched, rewrites, encapsulations.
    VFP,
    /// Packets and all providers that Microsoft's `startpacketcapture` asks for.
    FULL,
    /// What HNS is told and does, without packets.
    HNS;

    /// As plans call it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Profile of(String word) throws PlanException {
        return Arrays.stream(values())
                .filter(profile -> profile.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new PlanException("profile is packets, drops, vfp, full or hns, not " + word));
    }
}
