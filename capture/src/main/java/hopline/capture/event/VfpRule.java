package hopline.capture.event;

import java.util.List;

/// A rule of the virtual filtering platform, by name.
///
/// @param layer which of the port's layers holds it, such as `LB_DSR`
/// @param group which group of the layer; empty when not told
/// @param rule its name; empty when not told
/// @param type what it does, the platform's number: 1 allow, 2 block, 4 NAT and so on, see [#typeName]
public record VfpRule(String layer, String group, String rule, int type) {

    public static final int ALLOW = 1;
    public static final int BLOCK = 2;
    public static final int NAT = 4;
    public static final int DYNAMIC_NAT = 5;
    public static final int DECAP = 6;
    public static final int MAP_ENCAP = 9;
    public static final int MAP_DECAP = 10;
    public static final int REDIRECT = 16;
    public static final int ROUTE_ENCAP = 17;
    public static final int TUNNELED_NAT = 18;
    public static final int TRANSPOSITION = 20;
    public static final int PA_ROUTE = 21;

    /// Stands for a translation by WinNat, which has no layers and no rules with names.
    public static final VfpRule WIN_NAT = new VfpRule("WinNat", "", "", DYNAMIC_NAT);

    private static final List<String> TYPES = List.of(
            "none",
            "allow",
            "block",
            "meter",
            "NAT",
            "dynamic NAT",
            "decap",
            "map out",
            "map in",
            "map encap",
            "map decap",
            "map IP out",
            "map IP in",
            "map MAC out",
            "map MAC in",
            "profile",
            "redirect",
            "route encap",
            "tunneled NAT",
            "QoS",
            "transposition",
            "PA route");

    /// The type in a word or two.
    public String typeName() {
        return type >= 0 && type < TYPES.size() ? TYPES.get(type) : "type " + type;
    }

    /// It changes addresses or ports.
    public boolean translates() {
        return type == NAT || type == DYNAMIC_NAT || type == REDIRECT || type == TUNNELED_NAT;
    }

    /// It puts packets into a tunnel.
    public boolean encapsulates() {
        return type == ROUTE_ENCAP || type == MAP_ENCAP || type == PA_ROUTE;
    }

    /// It takes packets out of a tunnel.
    public boolean decapsulates() {
        return type == DECAP || type == MAP_DECAP;
    }

    /// Rule and layer, the rule first.
    public String label() {
        if (equals(WIN_NAT)) {
            return "a translation of WinNat";
        }
        return rule.isEmpty() ? "layer " + layer : "rule " + rule + " of layer " + layer;
    }
}
