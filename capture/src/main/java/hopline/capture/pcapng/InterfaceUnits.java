package hopline.capture.pcapng;

import hopline.capture.CaptureOptions;
import hopline.capture.file.TimeUnits;

/// How an interface counts time: `if_tsresol` and `if_tsoffset`.
public final class InterfaceUnits {

    private static final int MICROSECONDS = 6;
    private static final int BINARY = 0x80;
    private static final int OFFSET_LENGTH = 8;

    private InterfaceUnits() {}

    /// The units that an interface's options state; microseconds since 1970 when they state none.
    public static TimeUnits of(CaptureOptions options) {
        int resolution = resolution(options);
        boolean stated = options.octets(CaptureOptions.INTERFACE_TIME_OFFSET).stream()
                .limit(1)
                .anyMatch(value -> value.length() == OFFSET_LENGTH);
        long offsetSeconds =
                stated ? options.number(CaptureOptions.INTERFACE_TIME_OFFSET).orElse(0) : 0;
        return resolution >= BINARY
                ? TimeUnits.binary(resolution & ~BINARY, offsetSeconds)
                : TimeUnits.decimal(resolution, offsetSeconds);
    }

    private static int resolution(CaptureOptions options) {
        return options.octets(CaptureOptions.INTERFACE_TIME_RESOLUTION).stream()
                .filter(value -> value.length() > 0)
                .map(value -> value.u8(0))
                .findFirst()
                .orElse(MICROSECONDS);
    }

    /// True when two of its ticks may lie within one microsecond.
    public static boolean isFinerThanMicroseconds(CaptureOptions options) {
        return resolution(options) >= BINARY
                ? (resolution(options) & ~BINARY) >= 20
                : resolution(options) > MICROSECONDS;
    }

    /// True when two of its ticks may lie within one nanosecond.
    public static boolean isFinerThanNanoseconds(CaptureOptions options) {
        return resolution(options) >= BINARY ? (resolution(options) & ~BINARY) >= 30 : resolution(options) > 9;
    }
}
