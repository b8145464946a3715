package hopline.flows.event;

import hopline.capture.event.VfpRule;
import java.util.Locale;

/// What layers of the virtual filtering platform are there for, told by their names.
public enum IdleLayer {
    /// `LB_DSR`, `LB`, `SLB_LB_LAYER`: they turn a service's address into a backend's.
    LOAD_BALANCING,
    /// `VNET_PA_ROUTE_LAYER`, `CUSTOMER_ROUTE`, `VNET_ENCAP_LAYER`: they put packets into tunnels.
    ENCAPSULATION;

    /// Whether the layer of that name is there for it.
    public boolean isDoneIn(String layer) {
        String name = layer.toUpperCase(Locale.ROOT);
        return switch (this) {
            case LOAD_BALANCING -> name.equals("LB") || name.startsWith("LB_") || name.contains("_LB_");
            case ENCAPSULATION -> name.contains("ENCAP") || name.contains("ROUTE");
        };
    }

    /// Whether the rule does it, so that no layer is idle.
    boolean isDoneBy(VfpRule rule) {
        return switch (this) {
            case LOAD_BALANCING -> rule.type() == VfpRule.NAT || rule.type() == VfpRule.TUNNELED_NAT;
            case ENCAPSULATION -> rule.encapsulates();
        };
    }
}
