package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Arrays;
import java.util.List;

/// Whatever an event holds, and whatever its layout claims, it is told or passed over, and nothing breaks.
///
/// The first octet chooses the provider, the next two the event's number; then come the length of a layout that
/// the trace carries, that layout, and the payload. The seeds beside the test's resources, and what fuzzing
/// found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class EventFuzzTest {

    private static final String METADATA = "bbccf6c1-6cd1-48c4-80ff-839482e37671";
    private static final int SCHEMA_ITEM = 11;
    private static final int FRONT = 4;

    @FuzzTest(maxDuration = "60s")
    void hear(byte @NotNull [] octets) {
        if (octets.length < FRONT || octets.length > 60_000) {
            return;
        }
        List<EventMeaning> meanings = EventDecoder.meanings();
        String provider =
                meanings.get((octets[0] & 0xff) % meanings.size()).provider().toString();
        int id = EventData.u16(octets, 1);
        int layoutEnd = Math.min(octets.length, FRONT + (octets[3] & 0xff));
        byte[] layout = Arrays.copyOfRange(octets, FRONT, layoutEnd);
        EventBytes event = EventBytes.manifest(provider, id)
                .at(2)
                .payload(Payload.of().octets(Arrays.copyOfRange(octets, layoutEnd, octets.length)));
        if (id == 0 && layout.length > 0) {
            event.extended(SCHEMA_ITEM, layout);
        }
        EventBytes metadata = EventBytes.classic(METADATA, 32)
                .at(1)
                .payload(Payload.of().guid(provider).octets(layout));
        HeardTrace heard = HeardTrace.of(TraceBytes.of().bufferSize(512).buffer(0, metadata, event));
        assertThat(heard.events()).hasSizeLessThanOrEqualTo(1);
        assertThat(heard.texts()).allSatisfy(text -> assertThat(text).isNotNull());
    }
}
