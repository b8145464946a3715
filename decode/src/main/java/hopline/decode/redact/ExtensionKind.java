package hopline.decode.redact;

import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.header.Ipv6ExtensionHeader;

/// By which number an IPv6 extension header was announced: the header before it says.
final class ExtensionKind {

    private static final int NEXT_HEADER = 6;

    private ExtensionKind() {}

    static int of(Layers layers, Rewriting rewriting, int layer) {
        boolean first = layer == 0 || layers.protocol(layer - 1) == Protocol.IPV6;
        return layer == 0 ? -1 : rewriting.u8(layers.start(layer - 1) + (first ? NEXT_HEADER : 0));
    }

    static boolean isFragment(Layers layers, Rewriting rewriting, int layer) {
        return of(layers, rewriting, layer) == Ipv6ExtensionHeader.FRAGMENT;
    }
}
