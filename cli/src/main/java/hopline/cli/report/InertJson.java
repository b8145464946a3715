package hopline.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes the writers of all our JSON: what a terminal would obey, or what turns the direction of text, is escaped in
/// it, beyond what JSON asks for. Streams that it writes to stay open.
public final class InertJson extends CharacterEscapes {

    private static final long serialVersionUID = 1;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .characterEscapes(new InertJson())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final int[] ascii = standardAsciiEscapesForJSON();

    private InertJson() {
        ascii[0x7f] = ESCAPE_STANDARD;
    }

    /// What writes JSON so.
    public static JsonFactory factory() {
        return FACTORY;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    /// Of UTF-16: halves of a pair stay what they are.
    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return Escape.isDangerous(c) && !Character.isSurrogate((char) c)
                ? new SerializedString(String.format(Locale.ROOT, "\\u%04X", c))
                : null;
    }
}
