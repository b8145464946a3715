package hopline.capture.convert;

import hopline.capture.CaptureBytes;
import java.nio.ByteOrder;

/// A capture with every block and option of the specification, made by hand.
final class EveryBlock {

    private EveryBlock() {}

    static CaptureBytes in(ByteOrder order) {
        CaptureBytes file = CaptureBytes.in(order);
        file.section(ended(sectionOptions(file.body())));
        file.describe(1, 262_144, ended(interfaceOptions(file.body())));
        file.describe(1, 262_144, file.body()); // says nothing, so nothing ends
        names(file);
        secrets(file);
        file.packet(0, 0x1_8000_0002L, 1_514, "0102 0304 05", ended(recordOptions(file.body())));
        file.packet(1, 3, "0607");
        file.block(3, file.body().u32(3).hex("aabbcc"));
        custom(file);
        file.block(9, file.body().octets("__REALTIME_TIMESTAMP=1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        file.block(0x1234, file.body().hex("00010203"));
        statistics(file);
        return file;
    }

    private static CaptureBytes ended(CaptureBytes options) {
        return options.u16(0).u16(0);
    }

    private static CaptureBytes customOptions(CaptureBytes options) {
        for (int code : new int[] {2988, 2989, 19372, 19373}) {
            options.u16(code).u16(7).u32(32_473).hex("616263").padded();
        }
        return options;
    }

    private static CaptureBytes sectionOptions(CaptureBytes options) {
        options.option(2, "a 6502")
                .option(3, "Windows Server 2022")
                .option(4, "pktmon")
                .option(1, "node=win-a")
                .option(1, "and more")
                .option(77, new byte[] {1, 2, 3});
        return customOptions(options);
    }

    private static CaptureBytes interfaceOptions(CaptureBytes options) {
        options.option(2, "vEthernet")
                .option(3, "Hyper-V Virtual Ethernet Adapter")
                .option(4, new byte[] {10, 0, 0, 1, -1, -1, -1, 0})
                .option(4, new byte[] {10, 0, 0, 2, -1, -1, -1, 0})
                .option(5, new byte[17])
                .option(6, new byte[] {0, 21, 93, 1, 2, 3})
                .option(7, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
                .option(9, new byte[] {7});
        options.u16(8).u16(8).i64(10_000_000_000L);
        options.u16(10).u16(4).u32(3_600);
        options.option(11, "\0tcp port 80").option(12, "Windows").option(13, new byte[] {4});
        options.u16(14).u16(8).i64(1_000);
        options.option(15, "a network card");
        options.u16(16).u16(8).i64(1_000_000);
        options.u16(17).u16(8).i64(2_000_000);
        options.option(18, "Europe/Berlin").option(1, "an interface");
        return customOptions(options);
    }

    private static CaptureBytes recordOptions(CaptureBytes options) {
        options.u16(2).u16(4).u32(0x8100_0086L);
        options.option(3, new byte[] {2, 1, 2, 3, 4});
        options.u16(4).u16(8).i64(5);
        options.u16(5).u16(8).i64(0x0102_0304_0506_0708L);
        options.u16(6).u16(4).u32(3);
        options.u16(7).u16(9).hex("02").i64(1).padded();
        options.option(7, new byte[] {0, 9, 9});
        options.u16(8).u16(8).u32(4).u32(88);
        options.option(1, "a record").option(1, "of two comments");
        return customOptions(options);
    }

    private static void names(CaptureBytes file) {
        CaptureBytes names = file.body();
        names.u16(1)
                .u16(9)
                .hex("0a000001")
                .octets("web\0a".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .padded();
        names.u16(2).u16(18).octets(new byte[16]).hex("6100").padded();
        names.u16(0).u16(0);
        file.block(
                4,
                ended(names.option(2, "dns.local")
                        .option(3, new byte[] {10, 0, 0, 53})
                        .option(4, new byte[16])));
    }

    private static void secrets(CaptureBytes file) {
        file.block(
                10,
                ended(file.body()
                        .u32(0x544c534bL)
                        .u32(5)
                        .hex("4142434445")
                        .padded()
                        .option(1, "secrets")));
    }

    private static void custom(CaptureBytes file) {
        file.block(0xBAD, file.body().u32(32_473).hex("01020304"));
        file.block(0x40000BAD, file.body().u32(32_473).hex("05060708"));
    }

    private static void statistics(CaptureBytes file) {
        CaptureBytes options = file.body();
        options.u16(2).u16(8).u32(1).u32(2);
        options.u16(3).u16(8).u32(1).u32(3);
        for (int code = 4; code <= 8; code++) {
            options.u16(code).u16(8).i64(code);
        }
        file.block(5, file.body().u32(1).u32(1).u32(2).add(ended(options.option(1, "statistics"))));
    }
}
