package hopline.decode.redact;

import hopline.decode.header.DhcpMessage;

/// DHCP messages: addresses, names, and of the options without either only kind and length.
final class DhcpRedaction {

    private static final int FIXED = 12;
    private static final int HARDWARE_LENGTH = 2;
    private static final int ADDRESSES = 4;
    private static final int CLIENT_HARDWARE = 28;
    private static final int COOKIE_LENGTH = 4;

    private static final int PAD = 0;
    private static final int END = 255;
    private static final int CLIENT_ID = 61;
    private static final int CLASSLESS_ROUTES = 121;
    private static final int CLASSLESS_ROUTES_OF_MICROSOFT = 249;
    private static final int FULL_NAME = 81;
    private static final int FULL_NAME_FIXED = 3;

    private final Rewriting rewriting;

    DhcpRedaction(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    /// Rewrites the message from `start` to before `end`.
    void rewrite(int start, int end) {
        rewriting.keep(start, start + FIXED);
        for (int i = 0; i < ADDRESSES; i++) {
            rewriting.ipv4(start + FIXED + 4 * i);
        }
        if (rewriting.u8(start + HARDWARE_LENGTH) == 6) {
            rewriting.mac(start + CLIENT_HARDWARE);
        }
        int at = start + DhcpMessage.LENGTH;
        rewriting.keep(at, Math.min(end, at + COOKIE_LENGTH));
        at += COOKIE_LENGTH;
        while (at + 1 < end && rewriting.u8(at) != END) {
            if (rewriting.u8(at) == PAD) {
                at++;
                continue;
            }
            int next = at + 2 + rewriting.u8(at + 1);
            rewriting.keep(at, at + 2);
            option(rewriting.u8(at), at + 2, Math.min(next, end));
            at = next;
        }
        rewriting.keep(at, Math.min(end, at + 1));
    }

    private void option(int kind, int start, int end) {
        switch (kind) {
            // masks, time, units of transfer, times of a lease, kinds of message, what is asked for
            case 1, 2, 19, 20, 23, 24, 26, 27, 35, 37, 46, 51, 52, 53, 55, 57, 58, 59, 116, 145 ->
                rewriting.keep(start, end);
            case 3,
                    4,
                    5,
                    6,
                    7,
                    8,
                    9,
                    10,
                    11,
                    16,
                    21,
                    28,
                    32,
                    33,
                    41,
                    42,
                    44,
                    45,
                    48,
                    49,
                    50,
                    54,
                    65,
                    68,
                    69,
                    70,
                    71,
                    72,
                    73,
                    74,
                    75,
                    76,
                    118,
                    150 -> {
                for (int at = start; at + 4 <= end; at += 4) {
                    rewriting.ipv4(at);
                }
            }
            case 12, 15, 40, 64, 66 -> labels(start, end);
            case FULL_NAME -> {
                rewriting.keep(start, Math.min(end, start + FULL_NAME_FIXED));
                labels(start + FULL_NAME_FIXED, end);
            }
            case CLIENT_ID -> {
                if (end - start == 7 && rewriting.u8(start) == 1) {
                    rewriting.keep(start, start + 1);
                    rewriting.mac(start + 1);
                }
            }
            case CLASSLESS_ROUTES, CLASSLESS_ROUTES_OF_MICROSOFT -> routes(start, end);
            default -> {} // its kind and length are all that stays
        }
    }

    /// A name with dots between its labels.
    private void labels(int start, int end) {
        int label = start;
        for (int at = start; at <= end; at++) {
            if (at == end || rewriting.u8(at) == '.') {
                rewriting.name(label, at);
                rewriting.keep(at, Math.min(end, at + 1));
                label = at + 1;
            }
        }
    }

    /// Prefix lengths, as much of each prefix as its length needs, and routers
    /// ([RFC 3442](https://www.rfc-editor.org/rfc/rfc3442)).
    private void routes(int start, int end) {
        int at = start;
        while (at < end) {
            int length = rewriting.u8(at);
            int octets = (length + 7) / 8;
            if (length > 32 || at + 1 + octets + 4 > end) {
                return;
            }
            rewriting.keep(at, at + 1);
            byte[] prefix = new byte[4];
            for (int i = 0; i < octets; i++) {
                prefix[i] = (byte) rewriting.u8(at + 1 + i);
            }
            byte[] made = AddressOctets.of(rewriting.addresses.network(AddressOctets.address(prefix), length));
            rewriting.put(at + 1, java.util.Arrays.copyOf(made, octets));
            rewriting.ipv4(at + 1 + octets);
            at += 1 + octets + 4;
        }
    }
}
