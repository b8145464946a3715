package hopline.capture.etl;

/// The first event of each trace, `TRACE_LOGFILE_HEADER`: how its session was set up, and how its clock counts.
///
/// @param build of Windows, such as 20348 for Server 2022
/// @param logFileMode a set of bits, see [#isCircular]
/// @param buffersWritten see [#buffersExpected]
/// @param pointerSize 4 or 8
/// @param startTime when the session began, in units of 100 ns since 1601 (`FILETIME`)
/// @param endTime when it ended; 0 when it never did
/// @param startTicks the raw time stamp of this event
/// @param biasMinutes universal time less the capturing machine's local time
/// @param sessionName empty when the file does not say
record LogfileHeader(
        int bufferSize,
        int majorVersion,
        int minorVersion,
        int build,
        int processors,
        long startTime,
        long endTime,
        int logFileMode,
        int buffersWritten,
        int pointerSize,
        long eventsLost,
        long buffersLost,
        int processorMegahertz,
        long ticksPerSecond,
        int clockType,
        long startTicks,
        int biasMinutes,
        String sessionName) {

    /// Octets of the SYSTEM header before the payload.
    static final int HEADER_LENGTH = 32;

    private static final int TIME_STAMP = 16;
    private static final int TIME_ZONE_LENGTH = 172;
    private static final int MODE_CIRCULAR = 0x2;
    private static final int MODE_COMPRESSED = 0x0400_0000;

    /// True when a SYSTEM header of group 0, type 0 starts at `at`.
    static boolean isLogfileHeader(byte[] array, int at) {
        int kind = array[at + 2] & 0xff;
        boolean system = kind == HeaderKind.SYSTEM32.number() || kind == HeaderKind.SYSTEM64.number();
        return system && (array[at + 3] & 0xff) == 0xC0 && EventData.u16(array, at + 6) == 0;
    }

    /// Reads the event of which `octets` are what there is; what a cut file lacks reads as zero.
    static LogfileHeader parse(byte[] octets, int length) {
        EventData data = new EventData(octets, 0, length);
        data.seek(TIME_STAMP);
        long startTicks = data.i64();
        data.seek(HEADER_LENGTH);
        int bufferSize = data.i32();
        int major = data.u8();
        int minor = data.u8();
        data.skip(2);
        int build = data.i32();
        int processors = data.i32();
        long endTime = data.i64();
        data.skip(8); // timer resolution, largest file size
        int mode = data.i32();
        int buffersWritten = data.i32();
        data.skip(4); // start buffers
        int pointerSize = data.i32() == 4 ? 4 : 8;
        long eventsLost = data.u32();
        int megahertz = data.i32();
        data.skip(2 * pointerSize);
        int bias = data.i32();
        data.skip(TIME_ZONE_LENGTH - 4);
        data.skip(-(data.position() - HEADER_LENGTH) & 7);
        data.skip(8); // boot time
        long ticksPerSecond = data.i64();
        long startTime = data.i64();
        int clockType = data.i32();
        long buffersLost = data.u32();
        return new LogfileHeader(
                bufferSize,
                major,
                minor,
                build,
                processors,
                startTime,
                endTime,
                mode,
                buffersWritten,
                pointerSize,
                eventsLost,
                buffersLost,
                megahertz,
                ticksPerSecond,
                clockType,
                startTicks,
                bias,
                data.utf16());
    }

    /// True when old buffers were overwritten by new ones, so that the file does not begin with the oldest.
    boolean isCircular() {
        return (logFileMode & MODE_CIRCULAR) != 0;
    }

    boolean isCompressed() {
        return (logFileMode & MODE_COMPRESSED) != 0;
    }

    /// True when the session was not stopped in order, so that the system could not add what it adds at the end.
    boolean isUnfinished() {
        return endTime == 0;
    }

    /// How many buffers the file must hold at least; 0 where the header cannot know: it is written last, and in a
    /// circular file buffers replace others.
    int buffersExpected() {
        return isUnfinished() || isCircular() ? 0 : buffersWritten;
    }

    String version() {
        return majorVersion + "." + minorVersion + "." + build;
    }
}
