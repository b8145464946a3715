package hopline.decode.redact;

import hopline.capture.Octets;
import hopline.decode.Layers;
import hopline.decode.header.AyiyaHeader;
import hopline.decode.header.GeneveHeader;
import hopline.decode.header.GreHeader;
import hopline.decode.header.L2tpHeader;
import hopline.decode.header.PppoeHeader;
import hopline.decode.header.TeredoHeader;

/// Headers of tunnels: what names the tunnel stays, what was said beside it goes.
final class TunnelRedaction {

    private static final int OPTION_HEADER = 4;
    private static final int OPTION_LENGTH_MASK = 0x1f;
    private static final int GRE_ROUTING = 0x4000;
    private static final int MAX_ROUTES = 32;

    /// Of the tag that some put between GRE and what it carries.
    private static final int METADATA_LENGTH = 8;

    private static final int NSH_FIXED = 8;
    private static final int GTP_FIXED = 12;
    private static final int GTP_0_TUNNEL = 12;
    private static final int GTP_0_LENGTH = 20;
    private static final int GTP_VERSION_0 = 0x10;
    private static final int L2TP_CONTROL = 12;
    private static final int AYIYA_IDENTITY = 4; // as a power of two: 16 octets, an IPv6 address
    private static final int TEREDO_AUTHENTICATION = 1;
    private static final int TEREDO_AUTHENTICATION_FIXED = 4;
    private static final int TEREDO_AUTHENTICATION_LENGTH = 13;
    private static final int TEREDO_ORIGIN_LENGTH = 8;
    private static final int TEREDO_ORIGIN_ADDRESS = 4;

    private final Rewriting rewriting;

    TunnelRedaction(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    /// What leads to the packet, a route without its addresses.
    ///
    /// @param next where the next layer begins, the header's end when there is none
    void gre(Layers layers, int layer, int next) {
        GreHeader gre = new GreHeader(layers.octets(layer));
        int start = layers.start(layer);
        int at = start + gre.fixedLength();
        rewriting.keep(start, Math.min(layers.end(layer), at));
        if (gre.version() != 0 || (rewriting.u16(start) & GRE_ROUTING) == 0) {
            rewriting.keep(at, Math.min(next, at + METADATA_LENGTH));
            return;
        }
        for (int i = 0; i < MAX_ROUTES && at + OPTION_HEADER <= layers.end(layer); i++) {
            rewriting.keep(at, at + OPTION_HEADER);
            if (rewriting.u16(at) == 0 && rewriting.u16(at + 2) == 0) {
                return;
            }
            at += OPTION_HEADER + rewriting.u8(at + 3);
        }
    }

    /// The identifier stays, and kind and length of each option.
    void geneve(Layers layers, int layer) {
        int start = layers.start(layer);
        int end = Math.min(layers.end(layer), start + new GeneveHeader(layers.octets(layer)).headerLength());
        rewriting.keep(start, start + GeneveHeader.LENGTH);
        int at = start + GeneveHeader.LENGTH;
        while (at + OPTION_HEADER <= end) {
            rewriting.keep(at, at + OPTION_HEADER);
            at += OPTION_HEADER + (rewriting.u8(at + 3) & OPTION_LENGTH_MASK) * 4;
        }
    }

    void nsh(int start) {
        rewriting.keep(start, start + NSH_FIXED);
    }

    /// Version 0 names a tunnel by its subscriber's number, which is told apart but no more.
    void gtp(Layers layers, int layer, int next) {
        int start = layers.start(layer);
        if ((rewriting.u8(start) & 0xf0) == GTP_VERSION_0) {
            rewriting.keep(start, start + GTP_0_TUNNEL);
            rewriting.payload(start + GTP_0_TUNNEL, Math.min(layers.end(layer), start + GTP_0_LENGTH));
        } else {
            rewriting.keep(start, Math.min(Math.max(next, start + 8), start + GTP_FIXED));
            extensions(start, next);
        }
    }

    /// Of each extension header its length and what follows it.
    private void extensions(int start, int next) {
        int at = start + GTP_FIXED;
        while ((rewriting.u8(start) & 0x04) != 0 && at < next && rewriting.u8(at) > 0) {
            int end = at + rewriting.u8(at) * 4;
            rewriting.keep(at, at + 1);
            rewriting.keep(end - 1, Math.min(end, next));
            at = end;
        }
    }

    void l2tp(Layers layers, int layer, boolean overUdp) {
        int start = layers.start(layer);
        int end = layers.end(layer);
        if (!overUdp) {
            rewriting.keep(start, Math.min(end, start + 4));
            return;
        }
        L2tpHeader l2tp = new L2tpHeader(layers.octets(layer));
        int length = l2tp.isControl() ? L2TP_CONTROL : l2tp.headerLength();
        rewriting.keep(start, Math.min(end, start + Math.min(length, L2TP_CONTROL + 4)));
    }

    void pppoe(int start) {
        rewriting.keep(start, start + PppoeHeader.LENGTH);
    }

    void ayiya(Layers layers, int layer) {
        int start = layers.start(layer);
        rewriting.keep(start, start + AyiyaHeader.LENGTH);
        if (rewriting.u8(start) >>> 4 == AYIYA_IDENTITY && layers.end(layer) - start >= AyiyaHeader.LENGTH + 16) {
            rewriting.ipv6(start + AyiyaHeader.LENGTH);
        }
    }

    /// The origin's address is written with every bit turned over
    /// ([RFC 4380 §5.1.1](https://www.rfc-editor.org/rfc/rfc4380#section-5.1.1)).
    void teredo(Layers layers, int layer) {
        int start = layers.start(layer);
        Octets octets = layers.octets(layer);
        int length = new TeredoHeader(octets).headerLength();
        int at = start;
        if (length > 0 && octets.u16(0) == TEREDO_AUTHENTICATION) {
            rewriting.keep(start, start + TEREDO_AUTHENTICATION_FIXED);
            at += TEREDO_AUTHENTICATION_LENGTH + rewriting.u8(start + 2) + rewriting.u8(start + 3);
        }
        if (start + length - at == TEREDO_ORIGIN_LENGTH && at + TEREDO_ORIGIN_LENGTH <= layers.end(layer)) {
            rewriting.keep(at, at + TEREDO_ORIGIN_ADDRESS);
            int turned = ~octets.i32(at - start + TEREDO_ORIGIN_ADDRESS);
            long made = rewriting
                    .addresses
                    .address(hopline.decode.Address.ofIpv4(turned))
                    .low();
            rewriting.put(at + TEREDO_ORIGIN_ADDRESS, AddressOctets.ofNumber(~made, 4));
        }
    }
}
