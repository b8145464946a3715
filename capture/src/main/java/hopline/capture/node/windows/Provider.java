package hopline.capture.node.windows;

import hopline.capture.node.plan.Profile;
import java.util.ArrayList;
import java.util.List;

/// A provider of events that is traced beside packets.
///
/// @param id its GUID in braces, which every build knows, also where the name is not registered
/// @param name what it is, for people
/// @param keywords which of its events, as a mask; 0 for all
/// @param level up to which level of detail, 1 to 6
record Provider(String id, String name, long keywords, int level) {

    private static final int VERBOSE = 5;
    private static final int ALL = 6;

    /// Drops, rule matches and rewrites.
    private static final long VFP_DECISIONS = 0xE;

    /// Only packets that VFP dropped.
    private static final long VFP_DROPS = 0x2;

    /// Of the providers of HNS, those that are of use beside packets.
    private static final int CONTROL_PLANE = 5;

    private static final String VM_SWITCH = "{67DC0D66-3695-47C0-9642-33F76F7BD7AD}";
    private static final String VFP = "{9F2660EA-CFE7-428F-9850-AECA612619B0}";
    private static final String HNS = "{0C885E0D-6EB6-476C-A048-2457EED3A5C1}";

    /// Those of a profile.
    static List<Provider> of(Profile profile) {
        return switch (profile) {
            case PACKETS -> List.of();
            case DROPS -> List.of(new Provider(VFP, "Microsoft-Windows-Hyper-V-VfpExt", VFP_DROPS, ALL));
            case VFP -> List.of(new Provider(VFP, "Microsoft-Windows-Hyper-V-VfpExt", VFP_DECISIONS, ALL));
            case FULL -> full();
            case HNS -> hns();
        };
    }

    /// What `startpacketcapture.cmd` of microsoft/SDN enables, without the scenario that Server Core lacks.
    private static List<Provider> full() {
        List<Provider> providers = new ArrayList<>(hns().subList(0, CONTROL_PLANE));
        providers.addAll(List.of(
                new Provider("{2F07E2EE-15DB-40F1-90EF-9D7BA282188A}", "Microsoft-Windows-TCPIP", 0, VERBOSE),
                new Provider(VFP, "Microsoft-Windows-Hyper-V-VfpExt", 0, ALL),
                new Provider("{66C07ECD-6667-43FC-93F8-05CF07F446EC}", "Microsoft-Windows-WinNat", 0, ALL),
                new Provider("{AE3F6C6D-BF2A-4291-9D07-59E661274EE3}", "IPNAT", 0xffff_ffffL, ALL),
                new Provider("{9B322459-4AD9-4F81-8EEA-DC77CDD18CA6}", "SharedAccess", 0xffff_ffffL, ALL),
                new Provider(VM_SWITCH, "Microsoft-Windows-Hyper-V-VmSwitch", 0, VERBOSE)));
        return providers;
    }

    /// What `starthnstrace.cmd` enables, with its masks for the two providers of the switch.
    private static List<Provider> hns() {
        return List.of(
                new Provider(HNS, "Microsoft-Windows-Host-Network-Service", 0, ALL),
                new Provider("{80CE50DE-D264-4581-950D-ABADEEE0D340}", "Microsoft.Windows.HyperV.Compute", 0, ALL),
                new Provider("{D0E4BC17-34C7-43FC-9A72-D89A59D6979A}", "PrivateCloudPlugin", 0, ALL),
                new Provider("{93F693DC-9163-4DEE-AF64-D855218AF242}", "Host-Network-Management", 0, ALL),
                new Provider("{564368D6-577B-4AF5-AD84-1C54464848E6}", "Overlay-HNSPlugin", 0, ALL),
                new Provider("{A6F32731-9A38-4159-A220-3D9B7FC5FE5D}", "SharedAccess_NAT", 0, ALL),
                new Provider("{6C28C7E5-331B-4437-9C69-5352A2F7F296}", "VmsIf", 0, ALL),
                new Provider("{1F387CBC-6818-4530-9DB6-5F1058CD7E86}", "vmswitch", 0xFFDF_FFFBL, ALL),
                new Provider(VM_SWITCH, "Microsoft-Windows-Hyper-V-VmSwitch", 0xFFFF_FFDDL, ALL));
    }

    /// The mask as command lines take it; all bits when it is not limited.
    String mask() {
        return "0x%X".formatted(keywords == 0 ? -1L : keywords);
    }
}
