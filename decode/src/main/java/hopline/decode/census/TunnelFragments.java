package hopline.decode.census;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.census.Fragments.Fragment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What tunnels carry in fragmented datagrams, for whoever follows packets: each is told once.
///
/// Mostly the first fragment has all headers of the packet inside and speaks for it, so that a filter which let
/// no other pass does no harm; the rest is passed over then. Where it is cut too short, or comes last, the
/// datagram is put together. Datagrams without a tunnel stay the fragments they are. Bounded as [Datagrams] is, and
/// by [#MAX_TOLD]. Single-threaded.
public final class TunnelFragments {

    /// Datagrams of which it is remembered that their first fragment told all; the oldest are forgotten.
    static final int MAX_TOLD = 4_096;

    private final Dissector dissector;
    private final Fragments fragments = new Fragments();
    private final CaptureRecord whole = new CaptureRecord();
    private final Map<Datagrams.Key, Boolean> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Datagrams.Key, Boolean> eldest) {
            return size() > MAX_TOLD;
        }
    };

    /// Takes whole datagrams apart by `dissector`.
    public TunnelFragments(Dissector dissector) {
        this.dissector = dissector;
    }

    /// The record to go on with: `record` itself, or a datagram that it completes, to which `layers` then belong;
    /// null when it is the rest of a packet that was told already. Worth calling only when [Layers#hasFragment].
    ///
    /// @param linkType what `record` begins as
    /// @param layers those of `record`
    public @Nullable CaptureRecord take(CaptureRecord record, int linkType, Layers layers) {
        Fragment fragment = outermost(layers);
        if (fragment == null) {
            return record;
        }
        Datagrams.Key key = fragment.key(record.interfaceIndex());
        if (fragment.offset() > 0 && told.containsKey(key)) {
            return null;
        }
        if (fragment.offset() == 0 && isTold(layers)) {
            told.put(key, true);
            return record;
        }
        byte[] frame = fragments.complete(fragment, record.interfaceIndex());
        return frame == null ? record : completed(frame, record, linkType, layers);
    }

    /// Of the datagram that bears the tunnel; what goes through it in fragments is none of this.
    private @Nullable Fragment outermost(Layers layers) {
        int end = layers.quoted() < 0 ? layers.count() : layers.quoted();
        end = layers.tunnel() < 0 ? end : Math.min(end, layers.tunnel() + 1);
        for (int i = 0; i < end; i++) {
            if (layers.protocol(i) == Protocol.IPV4 || layers.protocol(i) == Protocol.IPV6) {
                Fragment fragment = fragments.at(layers, i);
                if (fragment != null) {
                    return fragment;
                }
            }
        }
        return null;
    }

    /// Whether the packet inside has all its headers.
    private static boolean isTold(Layers layers) {
        return layers.tunnel() >= 0 && layers.network() >= 0 && !layers.isTruncated();
    }

    private CaptureRecord completed(byte[] frame, CaptureRecord last, int linkType, Layers layers) {
        whole.set(last.number(), last.interfaceIndex(), last.epochNanos(), frame.length);
        whole.setOctets(frame, 0, frame.length);
        whole.setNotes(last.notes());
        dissector.dissect(whole, LinkType.ETHERNET, layers);
        if (layers.tunnel() >= 0) {
            return whole;
        }
        dissector.dissect(last, linkType, layers);
        return last;
    }
}
