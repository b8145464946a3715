package hopline.capture.etl.ndis;

import hopline.capture.etl.EventData;
import java.util.Locale;

/// What the driver noted of a Wi-Fi frame it received: `DOT11_EXTSTA_RECV_CONTEXT`, in an event 1002 before the frame.
///
/// Built from the specification alone.
record WifiMetadata(int channelMegahertz, int signal, int rate) {

    /// Octets before the frequency: header, flags, physical layer.
    private static final int FREQUENCY = 12;

    private static final int SHORTEST = 25;

    /// True when `data` is long enough to be one.
    static boolean fits(EventData data) {
        return data.remaining() >= SHORTEST;
    }

    static WifiMetadata read(EventData data) {
        data.skip(FREQUENCY);
        int frequency = data.i32();
        data.skip(4); // count of fragments
        int signal = data.i32();
        return new WifiMetadata(frequency, signal, data.u8());
    }

    /// For people; the rate counts half megabits.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Wi-Fi at %d MHz, %d dBm, %.1f Mbit/s", channelMegahertz, signal, rate / 2.0);
    }
}
