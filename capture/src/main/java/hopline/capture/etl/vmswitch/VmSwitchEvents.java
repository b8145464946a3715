package hopline.capture.etl.vmswitch;

import hopline.capture.etl.DescribedEvent;
import hopline.capture.etl.EventMeaning;
import hopline.capture.etl.Guid;
import hopline.capture.etl.OperationWords;
import hopline.capture.etl.pktmon.DropReasons;
import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Dropped;
import hopline.capture.event.Matter.Dropper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the virtual switch tells of its ports and network cards, and of what it drops.
///
/// Its drops name a port or card, not whose packet it was. Built from the published layouts, not seen in a real trace.
public final class VmSwitchEvents implements EventMeaning {

    private static final Guid PROVIDER = Guid.of("67dc0d66-3695-47c0-9642-33f76f7bd7ad");

    private static final int IP_SPOOFED = 33;
    private static final int ACL = 36;
    private static final int QUALITY_OF_SERVICE = 53;
    private static final int INCOMING = 54;
    private static final int OUTGOING = 55;
    private static final int VETO = 59;
    private static final int EXTENSION = 60;
    private static final int EXTENDED_ACL = 131;

    /// The reasons are the first of those that the packet monitor numbers; no build renumbered them.
    private static final int ANY_BUILD = 0;

    private static final List<String> QUEUEING = List.of(
            "not conformant",
            "delayed too long",
            "no memory",
            "CAD failed",
            "sending failed",
            "the queue failed",
            "the flow could not be updated",
            "rate");

    @Override
    public Guid provider() {
        return PROVIDER;
    }

    @Override
    public String providerName() {
        return "Microsoft-Windows-Hyper-V-VmSwitch";
    }

    @Override
    public String table() {
        return "vmswitch/events.tsv";
    }

    /// All but what occurs with each packet or measures queues and processors.
    @Override
    public boolean wants(int id) {
        boolean measures = (id >= 44 && id <= 52 && id != 45 && id != 46) || (id >= 133 && id <= 143);
        boolean each = (id >= 56 && id <= 58) || (id >= 107 && id <= 112) || (id >= 174 && id <= 183);
        return !measures && !each;
    }

    @Override
    public @Nullable Matter read(DescribedEvent event) {
        return switch (event.id()) {
            case IP_SPOOFED -> drop(Dropper.SWITCH_GUARD, event, "its source address is not the port's");
            case ACL, EXTENDED_ACL -> drop(Dropper.SWITCH_POLICY, event, acl(event));
            case 37, 39, 45 -> drop(Dropper.SWITCH, event, "IPsec offload failed");
            case QUALITY_OF_SERVICE -> drop(Dropper.SWITCH, event, queueing(event));
            case INCOMING, OUTGOING -> drop(Dropper.SWITCH, event, reason(event));
            case VETO -> drop(Dropper.SWITCH, event, "extension " + event.text("ExtensionName") + " vetoed it");
            case EXTENSION -> drop(Dropper.SWITCH, event, extension(event));
            default -> OperationWords.read(event, false, "NicFName", "PortFName", "SwitchFName", "NicName", "PortName");
        };
    }

    private static Dropped drop(Dropper by, DescribedEvent event, String reason) {
        String at = event.first("NicFName", "SrcNicFName", "PortFName", "NicName", "SrcNicName", "PortName");
        return new Dropped(by, at, Optional.empty(), Optional.empty(), reason);
    }

    private static String acl(DescribedEvent event) {
        String name = event.text("AclName");
        return name.isEmpty() ? "an ACL of the port denies it" : "ACL " + name + " denies it";
    }

    private static String reason(DescribedEvent event) {
        return DropReasons.text((int) event.number("DropReason", 0), ANY_BUILD);
    }

    private static String queueing(DescribedEvent event) {
        int code = (int) event.number("DropReason", -1);
        return "quality of service: " + (code >= 0 && code < QUEUEING.size() ? QUEUEING.get(code) : "reason " + code);
    }

    private static String extension(DescribedEvent event) {
        String name = event.first("ExtensionFName", "ExtensionFriendlyName", "ExtensionName", "ExtensionId");
        String why = event.first("Reason", "DropReason", "ReasonText");
        return "extension " + name + (why.isEmpty() ? " dropped it" : ": " + why);
    }
}
