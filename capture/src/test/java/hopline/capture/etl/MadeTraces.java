package hopline.capture.etl;

import java.util.HexFormat;
import java.util.Map;

/// A trace with an event of every kind that the readers know.
final class MadeTraces {

    private MadeTraces() {}

    static byte[] everything() {
        byte[] frame = HexFormat.of()
                .parseHex("0200000000010200000000020800" + "4500002800010000400600000a0000010a000002"
                        + "1f90005000000000000000005002200000000000");
        return TraceBytes.of()
                .bufferSize(512)
                .mode(TraceBytes.MODE_COMPRESSED)
                .buffer(
                        0,
                        EventBytes.kernel(0, 80).at(1),
                        EventBytes.message(PktMonEvents.PROVIDER, 9, 0x2b).at(2))
                .compressed(
                        1,
                        PktMonEvents.frame(PktMonEvents.Appearance.of(1, 1, PktMonEvents.RX, 5, 1), frame)
                                .at(10),
                        PktMonEvents.frame(PktMonEvents.Appearance.of(1, 2, PktMonEvents.TX, 6, 2), frame)
                                .at(11),
                        PktMonEvents.drop(PktMonEvents.Appearance.of(1, 3, 4, 6, 0), 711, 0xE0006007L, frame)
                                .at(12))
                .compressed(
                        1,
                        VfpEventBytes.ruleMatch(
                                        new VfpEventBytes.Port(5, VfpEventBytes.OUTBOUND),
                                        "LB_DSR",
                                        "LB_OUT",
                                        "LB_1",
                                        VfpEventBytes.NAT,
                                        new VfpEventBytes.Ends("10.0.0.1:8080", "10.0.0.2:80"))
                                .at(13),
                        VfpEventBytes.rawDrop(new VfpEventBytes.Port(5, VfpEventBytes.INBOUND), 9, frame)
                                .at(14),
                        SelfDescribed.traceLogging(
                                        "0c885e0d-6eb6-476c-a048-2457eed3a5c1",
                                        "RemovingLoadBalancer",
                                        Map.of("vip", "10.0.0.2"))
                                .at(15))
                .compressed(
                        0,
                        PktMonEvents.component(5, 5, "vmswitch.sys", "container")
                                .at(20),
                        PktMonEvents.component(6, 7, "vmswitch.sys", "switch").at(20),
                        PktMonEvents.property(5, 1, 12).at(20),
                        PktMonEvents.mac(5, "00155d000001").at(20),
                        PktMonEvents.text(5, 10, "L2Bridge").at(20),
                        PktMonEvents.address(5, "0a000001").at(20),
                        PktMonEvents.passed(5, 1, "Upper", 1, 60, 0, 0).at(20),
                        PktMonEvents.dropped(6, 1, 60, 0, 0).at(20))
                .toByteArray();
    }
}
