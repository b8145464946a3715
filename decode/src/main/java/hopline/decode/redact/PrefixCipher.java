package hopline.decode.redact;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Replaces numbers of a fixed width by others such that two that agree in their first bits still agree
/// in just as many, as Crypto-PAn does ([Xu et al., 2002](https://doi.org/10.1109/ICNP.2002.1181415)).
///
/// Each bit is turned over or not by a keyed function of the bits before it. So the result is as unique as
/// the number, and a subnet's addresses become another subnet's. Where a [Pins] says so a bit stays, which is
/// how special ranges keep what makes them special while nothing else can become one of them.
///
/// Crypto-PAn fills up the bits before it with a secret pad. Where a number's bits are those of the pad, it
/// asks the same twice, and numbers near the pad hardly change. Here a single one and zeros follow the bits,
/// so that every question is asked once.
final class PrefixCipher {

    private static final int BLOCK = 16;

    /// Which bits are never turned over.
    @FunctionalInterface
    interface Pins {

        /// Whether the bit behind the first `depth` bits of `number` stays; depends on those bits alone.
        boolean stays(byte[] number, int depth);
    }

    private final Cipher cipher;
    private final Pins pins;

    /// @param key 16 octets at least, of which the first are used
    PrefixCipher(byte[] key, Pins pins) {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 0, BLOCK, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
        this.pins = pins;
    }

    /// The pseudonym of `number`, of as many octets: at most 16.
    byte[] encrypt(byte[] number) {
        byte[] result = number.clone();
        byte[] block = new byte[BLOCK];
        for (int depth = 0; depth < number.length * Byte.SIZE; depth++) {
            if (!pins.stays(number, depth) && turns(number, depth, block)) {
                result[depth >>> 3] ^= (byte) (0x80 >>> (depth & 7));
            }
        }
        return result;
    }

    /// Whether the first bit is set of what the cipher makes of the first `depth` bits, a one and zeros.
    private boolean turns(byte[] number, int depth, byte[] block) {
        int whole = depth >>> 3;
        int rest = depth & 7;
        Arrays.fill(block, (byte) 0);
        System.arraycopy(number, 0, block, 0, whole);
        block[whole] = (byte) ((number[whole] & (0xff00 >>> rest)) | (0x80 >>> rest));
        try {
            cipher.doFinal(block, 0, BLOCK, block, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // whole blocks always fit
        }
        return block[0] < 0;
    }
}
