package hopline.capture.convert;

import hopline.capture.CaptureInterface;
import java.util.List;

/// One snap length for all interfaces of a file: libpcap opens no pcapng whose interfaces state several.
final class SnapLengths {

    /// What libpcap takes a snap length of 0, which means none, for.
    static final long UNLIMITED = 262_144;

    private long common = -1;

    /// Chooses what suits all of `known`.
    void choose(List<CaptureInterface> known) {
        boolean same =
                known.stream().map(CaptureInterface::snapLength).distinct().count() <= 1;
        common = same ? largest(known, 0) : largest(known, UNLIMITED);
    }

    private static long largest(List<CaptureInterface> known, long unlimited) {
        return known.stream()
                .mapToLong(at -> at.snapLength() == 0 ? unlimited : at.snapLength())
                .max()
                .orElse(0);
    }

    /// What to write for `at`; its own when that is more than the others', which were written before.
    long of(CaptureInterface at) {
        return common == 0 || effective(at.snapLength()) > effective(common) ? at.snapLength() : common;
    }

    private static long effective(long snapLength) {
        return snapLength == 0 ? UNLIMITED : snapLength;
    }
}
