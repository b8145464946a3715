package hopline.capture.node.plan;

import java.util.Arrays;
import java.util.Locale;

/// What captures.
public enum Backend {
    /// `pktmon` on Windows where it is, else `netsh`; libpcap elsewhere.
    AUTO,
    /// Packet Monitor of Windows Server 2019 and newer.
    PKTMON,
    /// `netsh trace`, in every Windows but Nano Server.
    NETSH,
    /// libpcap, on Windows Npcap.
    PCAP;

    /// As plans call it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Backend of(String word) throws PlanException {
        return Arrays.stream(values())
                .filter(backend -> backend.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new PlanException("backend is auto, pktmon, netsh or pcap, not " + word));
    }
}
