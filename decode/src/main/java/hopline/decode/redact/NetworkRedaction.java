package hopline.decode.redact;

import hopline.decode.Layers;
import hopline.decode.header.ArpHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6ExtensionHeader;

/// ARP and IP.
final class NetworkRedaction {

    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;
    private static final int IPV6_LENGTH = 16;

    private static final int OPTION_END = 0;
    private static final int OPTION_NO_OPERATION = 1;
    private static final int OPTION_ROUTER_ALERT = 148;
    private static final int ROUTING_ADDRESSES = 8;
    private static final int ROUTING_TYPE = 2;
    private static final int SEGMENT_ROUTING = 4;
    private static final int SEGMENT_ROUTING_LAST = 4;
    private static final int AUTHENTICATION_FIXED = 12;
    private static final int PAD_ONE = 0;
    private static final int ROUTER_ALERT = 5;
    private static final int JUMBO = 194;

    private final Rewriting rewriting;

    NetworkRedaction(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    void arp(Layers layers, int layer) {
        int start = layers.start(layer);
        rewriting.keep(start, start + 8);
        if (new ArpHeader(layers.octets(layer)).isIpv4OverEthernet()) {
            rewriting.mac(start + 8);
            rewriting.ipv4(start + 14);
            rewriting.mac(start + 18);
            rewriting.ipv4(start + 24);
        }
    }

    void ipv4(int start, int end) {
        rewriting.keep(start, start + IPV4_SOURCE);
        rewriting.ipv4(start + IPV4_SOURCE);
        rewriting.ipv4(start + IPV4_DESTINATION);
        int headerLength = (rewriting.u8(start) & 0xf) * 4;
        options(start + Ipv4Header.LENGTH, Math.min(end, start + headerLength));
    }

    /// Their kinds and lengths; of what they say only what is the same everywhere.
    private void options(int start, int end) {
        int at = start;
        while (at < end && rewriting.u8(at) != OPTION_END) {
            int kind = rewriting.u8(at);
            int length = kind == OPTION_NO_OPERATION ? 1 : rewriting.u8(at + 1);
            if (length < 1 || at + length > end) {
                return;
            }
            boolean harmless = kind == OPTION_ROUTER_ALERT;
            rewriting.keep(at, at + (harmless ? length : Math.min(length, 3))); // a route's pointer is the third
            at += length;
        }
    }

    void ipv6(int start) {
        rewriting.keep(start, start + IPV6_SOURCE);
        rewriting.ipv6(start + IPV6_SOURCE);
        rewriting.ipv6(start + IPV6_DESTINATION);
    }

    /// @param kind the protocol number it was announced by
    void extension(int kind, Layers layers, int layer) {
        int start = layers.start(layer);
        int end =
                Math.min(layers.end(layer), start + new Ipv6ExtensionHeader(kind, layers.octets(layer)).headerLength());
        switch (kind) {
            case Ipv6ExtensionHeader.FRAGMENT -> rewriting.keep(start, start + Ipv6ExtensionHeader.LENGTH);
            case Ipv6ExtensionHeader.AUTHENTICATION ->
                rewriting.keep(start, Math.min(end, start + AUTHENTICATION_FIXED));
            case Ipv6ExtensionHeader.ROUTING -> routing(start, end);
            case Ipv6ExtensionHeader.HOP_BY_HOP, Ipv6ExtensionHeader.DESTINATION_OPTIONS -> {
                rewriting.keep(start, start + 2);
                extensionOptions(start + 2, end);
            }
            default -> rewriting.keep(start, Math.min(end, start + 4));
        }
    }

    private void routing(int start, int end) {
        rewriting.keep(start, start + ROUTING_ADDRESSES);
        boolean segments = rewriting.u8(start + ROUTING_TYPE) == SEGMENT_ROUTING;
        int count = segments ? rewriting.u8(start + SEGMENT_ROUTING_LAST) + 1 : Integer.MAX_VALUE;
        int at = start + ROUTING_ADDRESSES;
        for (int i = 0; i < count && at + IPV6_LENGTH <= end; i++) {
            rewriting.ipv6(at);
            at += IPV6_LENGTH;
        }
    }

    private void extensionOptions(int start, int end) {
        int at = start;
        while (at < end) {
            int kind = rewriting.u8(at);
            int length = kind == PAD_ONE ? 1 : 2 + rewriting.u8(at + 1);
            if (at + length > end) {
                return;
            }
            boolean harmless = kind == ROUTER_ALERT || kind == JUMBO;
            rewriting.keep(at, at + (harmless ? length : Math.min(length, 2)));
            at += length;
        }
    }

    /// An authentication header behind IPv4.
    void authentication(int start, int end) {
        rewriting.keep(start, Math.min(end, start + AUTHENTICATION_FIXED));
    }
}
