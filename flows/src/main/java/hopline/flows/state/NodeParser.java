package hopline.flows.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import hopline.decode.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Makes a [Node] of the JSON of one.
final class NodeParser {

    static final String FLANNEL_BACKEND_DATA = "flannel.alpha.coreos.com/backend-data";
    static final String FLANNEL_BACKEND_TYPE = "flannel.alpha.coreos.com/backend-type";
    static final String FLANNEL_PUBLIC_IP = "flannel.alpha.coreos.com/public-ip";
    static final String FLANNEL_PUBLIC_IPV6 = "flannel.alpha.coreos.com/public-ipv6";
    static final String CALICO_IPV4 = "projectcalico.org/IPv4Address";
    static final String CALICO_IPV6 = "projectcalico.org/IPv6Address";
    static final String CALICO_VXLAN_IPV4 = "projectcalico.org/IPv4VXLANTunnelAddr";
    static final String CALICO_VXLAN_MAC = "projectcalico.org/VXLANTunnelMACAddr";

    static final String FLANNEL_VNI = "VNI";
    static final String FLANNEL_MAC = "VtepMAC";

    private static final long MAX_VNI = 0xff_ffff;

    private final ItemContext context;

    NodeParser(ItemContext context) {
        this.context = context;
    }

    Node parse(String name, Fields item) throws UnusableItemException, Budget.ExhaustedException {
        Fields annotations = item.object("metadata").object("annotations");
        Fields status = item.object("status");
        Optional<Vtep> vtep = vtep(annotations);
        Node node = new Node(
                name,
                addresses(status, "InternalIP"),
                otherAddresses(status, annotations, vtep),
                podCidrs(item.object("spec")),
                Optional.of(status.object("nodeInfo").text("operatingSystem")).filter(os -> !os.isEmpty()),
                Optional.of(annotations.text(FLANNEL_BACKEND_TYPE)).filter(type -> !type.isEmpty()),
                vtep);
        context.take((long) ItemContext.ELEMENT_COST
                * (node.internalAddresses().size()
                        + node.otherAddresses().size()
                        + node.podCidrs().size()));
        return node;
    }

    private List<Address> addresses(Fields status, String type) throws UnusableItemException {
        List<String> texts = new ArrayList<>();
        for (Fields entry : status.objects("addresses")) {
            if (entry.text("type").equals(type)) {
                texts.add(entry.text("address"));
            }
        }
        return context.addresses(texts, "node address");
    }

    private List<Address> otherAddresses(Fields status, Fields annotations, Optional<Vtep> vtep)
            throws UnusableItemException {
        List<String> noted = List.of(
                annotations.text(FLANNEL_PUBLIC_IP),
                annotations.text(FLANNEL_PUBLIC_IPV6),
                withoutPrefix(annotations.text(CALICO_IPV4)),
                withoutPrefix(annotations.text(CALICO_IPV6)));
        return Stream.of(
                        addresses(status, "ExternalIP").stream(),
                        context.addresses(noted, "node address in an annotation").stream(),
                        vtep.flatMap(Vtep::overlay).stream())
                .flatMap(addresses -> addresses)
                .distinct()
                .toList();
    }

    /// Calico writes an address with the length of its network.
    private static String withoutPrefix(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }

    private List<Cidr> podCidrs(Fields spec) throws UnusableItemException {
        List<String> texts = new ArrayList<>(spec.texts("podCIDRs"));
        texts.add(spec.text("podCIDR"));
        List<Cidr> cidrs = new ArrayList<>();
        for (String text : texts) {
            Optional<Cidr> cidr = Cidr.parse(text);
            if (cidr.isEmpty() && !text.isEmpty()) {
                context.skip("pod CIDR is no range of addresses");
            }
            cidr.filter(range -> !cidrs.contains(range)).ifPresent(cidrs::add);
        }
        return cidrs;
    }

    private Optional<Vtep> vtep(Fields annotations) throws UnusableItemException {
        Optional<Address> overlay = context.address(annotations.text(CALICO_VXLAN_IPV4), "VXLAN tunnel address");
        if (overlay.isEmpty()) {
            return flannelVtep(annotations);
        }
        return Optional.of(new Vtep(
                OptionalInt.empty(),
                mac(annotations.text(CALICO_VXLAN_MAC)),
                AddressText.parse(withoutPrefix(annotations.text(CALICO_IPV4))),
                overlay));
    }

    /// Its backend data is JSON inside JSON, `null` where flannel does not encapsulate.
    private Optional<Vtep> flannelVtep(Fields annotations) throws UnusableItemException {
        Fields data = Fields.of(flannelData(annotations.text(FLANNEL_BACKEND_DATA)));
        if (!data.has(FLANNEL_VNI)) {
            return Optional.empty();
        }
        long vni = data.number(FLANNEL_VNI, 0);
        if (vni < 0 || vni > MAX_VNI) {
            context.skip("VNI in an annotation is none from 0 to 16777215");
            return Optional.empty();
        }
        return Optional.of(new Vtep(
                OptionalInt.of((int) vni),
                mac(data.text(FLANNEL_MAC)),
                AddressText.parse(annotations.text(FLANNEL_PUBLIC_IP)),
                Optional.empty()));
    }

    private JsonNode flannelData(String text) {
        try (JsonParser parser = ClusterReader.JSON.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                return new Pruner(parser).read(FLANNEL_BACKEND_DATA);
            }
        } catch (IOException e) {
            context.skip("flannel backend data is not JSON");
        }
        return NullNode.getInstance();
    }

    /// Empty, and counted, when `text` is no MAC address.
    private OptionalLong mac(String text) {
        String digits = text.replaceAll("[:-]", "");
        if (digits.matches("[0-9A-Fa-f]{12}")) {
            return OptionalLong.of(HexFormat.fromHexDigitsToLong(digits));
        }
        if (!text.isEmpty()) {
            context.skip("tunnel MAC address is no MAC address");
        }
        return OptionalLong.empty();
    }
}
