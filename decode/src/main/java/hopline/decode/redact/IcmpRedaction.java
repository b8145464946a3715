package hopline.decode.redact;

import hopline.decode.header.IcmpHeader;

/// ICMP and ICMPv6, what an error quotes left to others.
final class IcmpRedaction {

    private static final int ADDRESS = 4;
    private static final int ROUTER_ADVERTISEMENT = 9;
    private static final int TIMESTAMP = 13;
    private static final int TIMESTAMP_REPLY = 14;
    private static final int TIMESTAMP_LENGTH = 20;
    private static final int MASK = 17;
    private static final int MASK_REPLY = 18;
    private static final int MASK_LENGTH = 12;
    private static final int ROUTER_ENTRY = 8;

    private static final int V6_LISTENER_QUERY = 130;
    private static final int V6_LISTENER_REPORT = 131;
    private static final int V6_LISTENER_DONE = 132;
    private static final int V6_ROUTER_SOLICITATION = 133;
    private static final int V6_ROUTER_ADVERTISEMENT = 134;
    private static final int V6_REDIRECT = 137;
    private static final int V6_LISTENER_REPORT_2 = 143;
    private static final int ROUTER_FIXED = 16;
    private static final int GROUP = 8;
    private static final int IPV6_LENGTH = 16;
    private static final int GROUP_RECORD = 20;
    private static final int MAX_ENTRIES = 512;

    private static final int OPTION_SOURCE_LINK = 1;
    private static final int OPTION_TARGET_LINK = 2;
    private static final int OPTION_PREFIX = 3;
    private static final int OPTION_MTU = 5;
    private static final int OPTION_NONCE = 14;
    private static final int OPTION_ROUTE = 24;
    private static final int OPTION_NAME_SERVERS = 25;
    private static final int PREFIX_AT = 16;
    private static final int ROUTE_PREFIX_AT = 8;

    private final Rewriting rewriting;

    IcmpRedaction(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    /// Rewrites the message from `start` to before `end`.
    void rewrite(int version, int start, int end) {
        IcmpHeader icmp = new IcmpHeader(version, rewriting.octets(start, end));
        int payload = start + IcmpHeader.LENGTH;
        rewriting.keep(start, payload);
        if (icmp.isEcho()) {
            rewriting.payload(payload, end);
        } else if (version == 4) {
            rewriteFour(icmp, start, end);
        } else if (icmp.isError()) {
            return;
        } else {
            rewriteSix(icmp.type(), start, end);
        }
    }

    private void rewriteFour(IcmpHeader icmp, int start, int end) {
        int payload = start + IcmpHeader.LENGTH;
        switch (icmp.type()) {
            case IcmpHeader.REDIRECT -> rewriting.ipv4(start + ADDRESS);
            case ROUTER_ADVERTISEMENT -> routers(payload, end);
            case TIMESTAMP, TIMESTAMP_REPLY -> rewriting.keep(payload, Math.min(end, start + TIMESTAMP_LENGTH));
            case MASK, MASK_REPLY -> rewriting.keep(payload, Math.min(end, start + MASK_LENGTH));
            default -> {
                if (!icmp.isError()) {
                    rewriting.payload(payload, end);
                }
            }
        }
    }

    private void routers(int start, int end) {
        for (int at = start; at + ROUTER_ENTRY <= end; at += ROUTER_ENTRY) {
            rewriting.ipv4(at);
            rewriting.keep(at + 4, at + ROUTER_ENTRY);
        }
    }

    private void rewriteSix(int type, int start, int end) {
        int payload = start + IcmpHeader.LENGTH;
        switch (type) {
            case IcmpHeader.V6_NEIGHBOR_SOLICITATION, IcmpHeader.V6_NEIGHBOR_ADVERTISEMENT -> {
                rewriting.ipv6(payload);
                options(payload + IPV6_LENGTH, end);
            }
            case V6_REDIRECT -> {
                rewriting.ipv6(payload);
                rewriting.ipv6(payload + IPV6_LENGTH);
                options(payload + 2 * IPV6_LENGTH, end);
            }
            case V6_ROUTER_SOLICITATION -> options(payload, end);
            case V6_ROUTER_ADVERTISEMENT -> {
                rewriting.keep(payload, Math.min(end, start + ROUTER_FIXED));
                options(start + ROUTER_FIXED, end);
            }
            case V6_LISTENER_QUERY, V6_LISTENER_REPORT, V6_LISTENER_DONE -> {
                rewriting.ipv6(start + GROUP);
                rewriting.keep(start + GROUP + IPV6_LENGTH, Math.min(end, start + GROUP + IPV6_LENGTH + 4));
            }
            case V6_LISTENER_REPORT_2 -> reports(payload, end);
            default -> rewriting.payload(payload, end);
        }
    }

    /// Version 2 of listener reports, [RFC 3810
    /// §5.2](https://www.rfc-editor.org/rfc/rfc3810#section-5.2).
    private void reports(int start, int end) {
        int at = start;
        for (int i = 0; i < MAX_ENTRIES && at + GROUP_RECORD <= end; i++) {
            rewriting.keep(at, at + 4);
            rewriting.ipv6(at + 4);
            int sources = rewriting.u16(at + 2);
            int auxiliary = rewriting.u8(at + 1) * 4;
            at += GROUP_RECORD;
            for (int s = 0; s < sources && at + IPV6_LENGTH <= end; s++) {
                rewriting.ipv6(at);
                at += IPV6_LENGTH;
            }
            at += auxiliary;
        }
    }

    /// Options of neighbour discovery, [RFC 4861
    /// §4.6](https://www.rfc-editor.org/rfc/rfc4861#section-4.6).
    private void options(int start, int end) {
        int at = start;
        while (at + 8 <= end && rewriting.u8(at + 1) > 0) {
            int next = at + rewriting.u8(at + 1) * 8;
            rewriting.keep(at, at + 2);
            option(rewriting.u8(at), at, Math.min(next, end));
            at = next;
        }
    }

    private void option(int kind, int at, int end) {
        switch (kind) {
            case OPTION_SOURCE_LINK, OPTION_TARGET_LINK -> rewriting.mac(at + 2);
            case OPTION_MTU, OPTION_NONCE -> rewriting.keep(at, end);
            case OPTION_PREFIX -> {
                rewriting.keep(at, Math.min(end, at + PREFIX_AT));
                rewriting.ipv6Prefix(at + PREFIX_AT, rewriting.u8(at + 2));
            }
            case OPTION_ROUTE -> {
                rewriting.keep(at, Math.min(end, at + ROUTE_PREFIX_AT));
                if (end - at >= ROUTE_PREFIX_AT + IPV6_LENGTH) {
                    rewriting.ipv6Prefix(at + ROUTE_PREFIX_AT, rewriting.u8(at + 2));
                }
            }
            case OPTION_NAME_SERVERS -> {
                rewriting.keep(at, Math.min(end, at + 8));
                for (int server = at + 8; server + IPV6_LENGTH <= end; server += IPV6_LENGTH) {
                    rewriting.ipv6(server);
                }
            }
            default -> {} // its kind and length are all that stays
        }
    }
}
