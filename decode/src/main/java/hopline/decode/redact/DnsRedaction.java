package hopline.decode.redact;

import hopline.decode.Address;
import hopline.decode.dns.DnsMessage;

/// DNS messages: names label by label, each staying as long as it is, so that pointers into the message
/// still point at what they did; and the addresses in answers. Of records without names or addresses only
/// kind and length stay.
///
/// Reverse names of IPv6 addresses become those of what stands in the address's place. An IPv4 address's
/// decimal octets cannot keep their lengths, so that its reverse name is treated as any other name.
final class DnsRedaction {

    private static final int MAX_RECORDS = 1_024;
    private static final int MAX_LABELS = 128;
    private static final int POINTER = 0xc0;
    private static final int QUESTION_FIXED = 4;
    private static final int RECORD_FIXED = 10;
    private static final int NIBBLES = 32;

    private static final int A = 1;
    private static final int NS = 2;
    private static final int CNAME = 5;
    private static final int SOA = 6;
    private static final int PTR = 12;
    private static final int MX = 15;
    private static final int AAAA = 28;
    private static final int SRV = 33;
    private static final int DNAME = 39;

    private final Rewriting rewriting;

    DnsRedaction(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    /// Rewrites the message from `start` to before `end`.
    void rewrite(int start, int end) {
        rewriting.keep(start, start + DnsMessage.HEADER_LENGTH);
        int at = start + DnsMessage.HEADER_LENGTH;
        int questions = rewriting.u16(start + 4);
        for (int i = 0; i < Math.min(questions, MAX_RECORDS) && at > 0; i++) {
            at = question(at, end);
        }
        int records = rewriting.u16(start + 6) + rewriting.u16(start + 8) + rewriting.u16(start + 10);
        for (int i = 0; i < Math.min(records, MAX_RECORDS) && at > 0; i++) {
            at = record(at, end);
        }
    }

    /// Where the question ends, -1 when it was cut short.
    private int question(int start, int end) {
        int at = name(start, end);
        if (at < 0 || at + QUESTION_FIXED > end) {
            return -1;
        }
        rewriting.keep(at, at + QUESTION_FIXED);
        return at + QUESTION_FIXED;
    }

    private int record(int start, int end) {
        int at = name(start, end);
        if (at < 0 || at + RECORD_FIXED > end) {
            return -1;
        }
        rewriting.keep(at, at + RECORD_FIXED);
        int data = at + RECORD_FIXED;
        int dataEnd = data + rewriting.u16(at + 8);
        data(rewriting.u16(at), data, Math.min(dataEnd, end));
        return dataEnd > end ? -1 : dataEnd;
    }

    private void data(int type, int start, int end) {
        switch (type) {
            case A -> {
                if (end - start == 4) {
                    rewriting.ipv4(start);
                }
            }
            case AAAA -> {
                if (end - start == 16) {
                    rewriting.ipv6(start);
                }
            }
            case NS, CNAME, PTR, DNAME -> name(start, end);
            case MX -> {
                rewriting.keep(start, Math.min(end, start + 2));
                name(start + 2, end);
            }
            case SRV -> {
                rewriting.keep(start, Math.min(end, start + 6));
                name(start + 6, end);
            }
            case SOA -> {
                int mailbox = name(start, end);
                int numbers = mailbox < 0 ? -1 : name(mailbox, end);
                if (numbers > 0) {
                    rewriting.keep(numbers, end);
                }
            }
            default -> {} // texts, keys, options: nothing of them stays
        }
    }

    /// Rewrites the labels at `start` and returns where they end, -1 when they break their format. What a
    /// pointer leads to is rewritten where it stands.
    private int name(int start, int end) {
        if (reverse(start, end)) {
            return name(start + 2 * NIBBLES, end);
        }
        int at = start;
        for (int i = 0; i < MAX_LABELS && at < end; i++) {
            int length = rewriting.u8(at);
            if ((length & POINTER) == POINTER) {
                rewriting.keep(at, Math.min(end, at + 2));
                return at + 2 <= end ? at + 2 : -1;
            }
            if ((length & POINTER) != 0 || at + 1 + length > end) {
                return -1;
            }
            rewriting.keep(at, at + 1);
            rewriting.name(at + 1, at + 1 + length);
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
        return -1;
    }

    /// Rewrites the digits of an IPv6 address's reverse name; false when it is none.
    private boolean reverse(int start, int end) {
        int behind = start + 2 * NIBBLES;
        if (behind + 4 > end || rewriting.u8(behind) != 3 || !isIp6(behind + 1)) {
            return false;
        }
        byte[] octets = new byte[NIBBLES / 2];
        for (int i = 0; i < NIBBLES; i++) {
            int digit = Character.digit(rewriting.u8(start + 2 * i + 1), 16);
            if (rewriting.u8(start + 2 * i) != 1 || digit < 0) {
                return false;
            }
            int nibble = NIBBLES - 1 - i;
            octets[nibble / 2] |= (byte) (digit << (nibble % 2 == 0 ? 4 : 0));
        }
        Address made = rewriting.addresses.address(AddressOctets.address(octets));
        byte[] written = AddressOctets.ofIpv6(made);
        for (int i = 0; i < NIBBLES; i++) {
            int nibble = NIBBLES - 1 - i;
            int digit = written[nibble / 2] >>> (nibble % 2 == 0 ? 4 : 0) & 0xf;
            rewriting.set(start + 2 * i, 1);
            rewriting.set(start + 2 * i + 1, Character.forDigit(digit, 16));
        }
        return true;
    }

    private boolean isIp6(int at) {
        return (rewriting.u8(at) | 0x20) == 'i' && (rewriting.u8(at + 1) | 0x20) == 'p' && rewriting.u8(at + 2) == '6';
    }
}
