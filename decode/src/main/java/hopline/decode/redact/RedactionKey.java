package hopline.decode.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// What a redaction's pseudonyms depend on: who has it can match them to what they stand for, nobody else
/// can.
///
/// The same passphrase gives the same pseudonyms in every run, so that what is redacted separately still
/// belongs together.
public final class RedactionKey {

    private static final int LENGTH = 32;

    /// Trying out passphrases should be slow; this takes a tenth of a second.
    private static final int ITERATIONS = 120_000;

    private static final byte[] SALT = "hopline redaction 1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] master;

    private RedactionKey(byte[] master) {
        this.master = master;
    }

    /// The key that follows from a passphrase, by PBKDF2 ([RFC 8018
    /// §5.2](https://www.rfc-editor.org/rfc/rfc8018#section-5.2)).
    ///
    /// @throws IllegalArgumentException when it is empty
    public static RedactionKey of(String passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("empty passphrase");
        }
        try {
            PBEKeySpec derivation = new PBEKeySpec(passphrase.toCharArray(), SALT, ITERATIONS, LENGTH * Byte.SIZE);
            SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return new RedactionKey(factory.generateSecret(derivation).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /// A key that nobody knows and no later run will have.
    public static RedactionKey random() {
        byte[] master = new byte[LENGTH];
        new SecureRandom().nextBytes(master);
        return new RedactionKey(master);
    }

    /// 32 octets of their own for each `purpose`.
    byte[] derive(String purpose) {
        return hmac(purpose.getBytes(StandardCharsets.US_ASCII), master);
    }

    /// A function that nobody without the key can compute, one for each `purpose`. Single-threaded.
    Mac function(String purpose) {
        return mac(derive(purpose));
    }

    private static byte[] hmac(byte[] message, byte[] key) {
        return mac(key).doFinal(message);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
