package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.EventFields;
import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.SystemEvent;
import hopline.capture.event.Tuple;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What people named does not get out, in whichever field of an event it stands.
class EventRedactionTest {

    private final RedactionKey key = RedactionKey.of("test");
    private final EventRedaction redaction =
            new EventRedaction(new TextRedaction(new AddressPseudonyms(key, false), new NamePseudonyms(key)));

    private SystemEvent redacted(Matter matter) {
        SystemEvent event = new SystemEvent(
                1, "VfpExt", 51, "drop", EventLayout.PUBLISHED, 0, Map.of("user", "S-1-5-21-1-2-3-1001"), matter);
        return redaction.redact(event).orElseThrow();
    }

    @Test
    void placesAndReasonsOfADropHoldNamesOfPortsAndRules() {
        SwitchPort port = new SwitchPort(7, true, "", "acme-payroll-db_Ethernet");
        SystemEvent made = redacted(new Matter.Dropped(
                Matter.Dropper.values()[0],
                port.label(),
                Optional.of(port),
                Optional.<Tuple>empty(),
                "ACL acme-deny-payroll denies it"));

        assertThat(EventFields.of(made).toString()).doesNotContain("acme", "payroll", "S-1-5-21");
        assertThat(((Matter.Dropped) made.matter()).reason()).startsWith("ACL ").endsWith(" it");
        assertThat(((Matter.Dropped) made.matter()).at()).startsWith("port 7 (");
    }
}
