package hopline.decode.redact;

import hopline.decode.dns.DnsMessage;
import java.nio.charset.StandardCharsets;

/// DNS messages: names label by label, each staying as long as it is, so that pointers into the message
/// still point at what they did; and the addresses in answers. Of records without names or addresses only
/// kind and length stay.
///
/// Reverse names of IPv6 addresses become those of what stands in the address's place. The decimal octets of what
/// stands in an IPv4 address's place may have more digits or fewer: in names others of as many digits stand for them.
final class DnsRedaction {

    private static final int MAX_RECORDS = 1_024;
    private static final int MAX_LABELS = 128;
    private static final int POINTER = 0xc0;
    private static final int QUESTION_FIXED = 4;
    private static final int RECORD_FIXED = 10;
    private static final int NIBBLES = 32;
    private static final int OCTETS = 4;

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
        int at = start;
        for (int i = 0; i < MAX_LABELS && at < end; i++) {
            at = reverse(at, end);
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

    /// Rewrites the labels of an address's or network's reverse name and returns where its domain begins; `start` when
    /// it is none.
    private int reverse(int start, int end) {
        int[] labels = new int[NIBBLES];
        int count = 0;
        int at = start;
        while (count < NIBBLES && at < end && isNumber(at)) {
            labels[count++] = at;
            at += 1 + rewriting.u8(at);
        }
        boolean ipv4 = count <= OCTETS && is(at, end, "in-addr");
        if (count == 0 || !(ipv4 || is(at, end, "ip6"))) {
            return start;
        }
        return ipv4 ? octets(labels, count, at) : digits(labels, count, at);
    }

    /// At most three digits, decimal or one hexadecimal.
    private boolean isNumber(int at) {
        int length = rewriting.u8(at);
        for (int i = at + 1; i <= at + length; i++) {
            if (Character.digit(rewriting.u8(i), length == 1 ? 16 : 10) < 0) {
                return false;
            }
        }
        return length >= 1 && length <= 3;
    }

    private boolean is(int at, int end, String label) {
        if (at + 1 + label.length() > end || rewriting.u8(at) != label.length()) {
            return false;
        }
        byte[] octets = rewriting.octets(at + 1, at + 1 + label.length()).toByteArray();
        return new String(octets, StandardCharsets.ISO_8859_1).equalsIgnoreCase(label);
    }

    private int octets(int[] labels, int count, int domain) {
        byte[] octets = new byte[OCTETS];
        for (int i = 0; i < count; i++) {
            int number = number(labels[count - 1 - i]);
            if (number < 0) {
                return labels[0];
            }
            octets[i] = (byte) number;
        }
        byte[] made = AddressOctets.of(rewriting.addresses.ofSameDigits(AddressOctets.address(octets)));
        for (int i = 0; i < count; i++) {
            String text = String.valueOf(made[i] & 0xff);
            rewriting.set(labels[count - 1 - i], text.length());
            rewriting.put(labels[count - 1 - i] + 1, text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return domain;
    }

    /// The octet that a label states; -1 when it is none, or is written with zeros before it.
    private int number(int label) {
        int length = rewriting.u8(label);
        int number = 0;
        for (int i = label + 1; i <= label + length; i++) {
            int digit = Character.digit(rewriting.u8(i), 10);
            if (digit < 0) {
                return -1;
            }
            number = 10 * number + digit;
        }
        boolean padded = length > 1 && rewriting.u8(label + 1) == '0';
        return number > 0xff || padded ? -1 : number;
    }

    private int digits(int[] labels, int count, int domain) {
        byte[] octets = new byte[NIBBLES / 2];
        for (int i = 0; i < count; i++) {
            int label = labels[count - 1 - i];
            if (rewriting.u8(label) != 1) {
                return labels[0];
            }
            octets[i / 2] |= (byte) (Character.digit(rewriting.u8(label + 1), 16) << (i % 2 == 0 ? 4 : 0));
        }
        byte[] made = AddressOctets.ofIpv6(rewriting.addresses.network(AddressOctets.address(octets), 4 * count));
        for (int i = 0; i < count; i++) {
            int label = labels[count - 1 - i];
            rewriting.set(label, 1);
            rewriting.set(label + 1, Character.forDigit(made[i / 2] >>> (i % 2 == 0 ? 4 : 0) & 0xf, 16));
        }
        return domain;
    }
}
