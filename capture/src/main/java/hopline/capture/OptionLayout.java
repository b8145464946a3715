package hopline.capture;

/// Where numbers lie in the options of each kind of block, for writing them in another byte order.
public enum OptionLayout {
    SECTION,
    INTERFACE,
    RECORD,
    STATISTICS,
    /// Blocks whose options hold no numbers that are known.
    OTHER;

    /// Numbers of `width` octets from `from` to before `limit`; a width of 0 means none.
    record Numbers(int from, int limit, int width) {

        static final Numbers NONE = new Numbers(0, 0, 0);
    }

    /// The numbers in an option's value.
    Numbers numbers(OptionCursor option) {
        if (CustomOption.isCustom(option.code())) {
            return new Numbers(0, Math.min(4, option.length() & ~3), 4);
        }
        int width = width(option.code());
        if (this == RECORD && option.code() == CaptureOptions.RECORD_VERDICT) {
            boolean isNumber = option.length() > 0 && RecordNotes.isNumericVerdict(option.u8(0), option.length());
            return isNumber ? new Numbers(1, 9, 8) : Numbers.NONE;
        }
        return width == 0 || option.length() % width != 0 ? Numbers.NONE : new Numbers(0, option.length(), width);
    }

    private int width(int code) {
        return switch (this) {
            case SECTION, OTHER -> 0;
            case INTERFACE -> interfaceWidth(code);
            case RECORD -> recordWidth(code);
            case STATISTICS -> statisticsWidth(code);
        };
    }

    private static int interfaceWidth(int code) {
        return switch (code) {
            case CaptureOptions.INTERFACE_TIME_ZONE -> 4;
            case CaptureOptions.INTERFACE_SPEED,
                    CaptureOptions.INTERFACE_TIME_OFFSET,
                    CaptureOptions.INTERFACE_TRANSMIT_SPEED,
                    CaptureOptions.INTERFACE_RECEIVE_SPEED -> 8;
            default -> 0;
        };
    }

    private static int recordWidth(int code) {
        return switch (code) {
            case CaptureOptions.RECORD_FLAGS, CaptureOptions.RECORD_QUEUE, CaptureOptions.RECORD_PROCESS_THREAD -> 4;
            case CaptureOptions.RECORD_DROP_COUNT, CaptureOptions.RECORD_PACKET_ID -> 8;
            default -> 0;
        };
    }

    private static int statisticsWidth(int code) {
        return switch (code) {
            case CaptureOptions.STATISTICS_START, CaptureOptions.STATISTICS_END -> 4; // two halves, the high one first
            case CaptureOptions.STATISTICS_RECEIVED,
                    CaptureOptions.STATISTICS_INTERFACE_DROPS,
                    CaptureOptions.STATISTICS_ACCEPTED,
                    CaptureOptions.STATISTICS_SYSTEM_DROPS,
                    CaptureOptions.STATISTICS_DELIVERED -> 8;
            default -> 0;
        };
    }
}
