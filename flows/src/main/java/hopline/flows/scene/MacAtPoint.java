package hopline.flows.scene;

import org.jspecify.annotations.Nullable;

/// A MAC that frames bear at a capture point.
///
/// @param point the point's number
/// @param mac in the lower 48 bits
record MacAtPoint(int point, long mac) {

    /// What records have by themselves is linked at run time, which a short capture waits for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MacAtPoint that && point == that.point && mac == that.mac;
    }

    @Override
    public int hashCode() {
        return point * 31 + Long.hashCode(mac);
    }
}
