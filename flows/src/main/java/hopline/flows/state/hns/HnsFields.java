package hopline.flows.state.hns;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import hopline.flows.state.text.PowerShellText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the objects of HNS have in common, old form and new.
final class HnsFields {

    private HnsFields() {}

    /// The objects of a list; PowerShell's list format holds them as text.
    static List<JsonObject> nested(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value instanceof JsonValue.JsonText text
                ? PowerShellText.objects(text.value(), text.line())
                : object.objects(name);
    }

    /// The settings of a policy: its own fields in the old form, nested ones in the new.
    static JsonObject settings(JsonObject policy) {
        return policy.has("Settings") ? policy.object("Settings") : policy;
    }

    static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    static Optional<Address> address(String text) {
        return AddressText.parse(text.strip());
    }

    /// Of a subnet or an endpoint.
    static Optional<Address> gateway(JsonObject holder) {
        return address(holder.text("GatewayAddress")).or(() -> holder.objects("Routes").stream()
                .flatMap(route -> address(route.text("NextHop")).stream())
                .findFirst());
    }
}
