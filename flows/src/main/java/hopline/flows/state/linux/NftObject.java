package hopline.flows.state.linux;

import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;

/// An object of nftables, as `nft -j list ruleset` lists it
/// ([libnftables-json](https://manpages.debian.org/libnftables-json.5)).
///
/// @param kind `chain`, `rule`, `set` or `map`
/// @param body its fields
public record NftObject(String kind, JsonObject body, Source source) {

    /// The table that it belongs to, with the family: `ip kube-proxy`.
    public String table() {
        return body.text("family") + " " + body.text("table");
    }
}
