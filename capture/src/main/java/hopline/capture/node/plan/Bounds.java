package hopline.capture.node.plan;

import java.time.Duration;

/// What a capture may take.
///
/// @param octets of packets on disk at any time
/// @param fileOctets after which another file is begun; 0 for one file, or an eighth of `octets` in a ring
/// @param ring keep the newest when `octets` are reached, instead of stopping
/// @param duration after which the capture stops; zero for none
/// @param keepFree octets that are left free on the disk, whatever happens
public record Bounds(long octets, long fileOctets, boolean ring, Duration duration, long keepFree) {

    private static final int FILES_OF_A_RING = 8;
    private static final long LEAST = 64 << 10;

    /// 512 MiB, then stop; 1 GiB stays free.
    public static final Bounds USUAL = new Bounds(512L << 20, 0, false, Duration.ZERO, 1L << 30);

    /// The size after which another file is begun; the bound itself when there is to be one file.
    public long rotation() {
        long wanted = fileOctets > 0 ? fileOctets : ring ? octets / FILES_OF_A_RING : octets;
        return Math.clamp(wanted, LEAST, Math.max(octets, LEAST));
    }

    /// What the capture and the bundle made of it may need together: what is packed lies there twice for a
    /// moment.
    public long needed() {
        return Math.addExact(Math.multiplyExact(octets, 2L), keepFree);
    }
}
