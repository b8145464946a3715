package hopline.flows.site;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The capture points a packet passes, and what it looks like at each.
///
/// Points are written as `node point`, such as `east eno1`.
public record Way(List<Station> stations) {

    /// What a packet looks like at one point, compared with how it was sent.
    ///
    /// @param source what its source was translated to, or null
    /// @param destination what its destination was translated to, or null
    /// @param hops by how many routers it was passed on
    /// @param tunnel around it, or null
    public record Form(
            Endpoint source, Endpoint destination, int hops, long sourceMac, long destinationMac, Tunnel tunnel) {

        Packet of(Packet sent) {
            return new Packet(
                    source == null ? sent.source() : at(source, sent.source()),
                    destination == null ? sent.destination() : at(destination, sent.destination()),
                    sent.timeToLive() - hops,
                    sent.id(),
                    sent.body(),
                    sourceMac,
                    destinationMac,
                    tunnel);
        }

        /// A translation without a port leaves the packet's own.
        private static Endpoint at(Endpoint translated, Endpoint own) {
            return translated.hasPort() ? translated : new Endpoint(translated.address(), own.port());
        }

        private Form in(Tunnel other) {
            return new Form(source, destination, hops, sourceMac, destinationMac, other);
        }

        private Form in(long otherSourceMac, long otherDestinationMac) {
            return new Form(
                    source,
                    destination,
                    hops,
                    otherSourceMac == 0 ? sourceMac : otherSourceMac,
                    otherDestinationMac == 0 ? destinationMac : otherDestinationMac,
                    tunnel);
        }

        private Form older(int by) {
            return new Form(source, destination, hops + by, sourceMac, destinationMac, tunnel);
        }

        private Form to(Endpoint other) {
            return new Form(source, other, hops, sourceMac, destinationMac, tunnel);
        }

        private Form from(Endpoint other) {
            return new Form(other, destination, hops, sourceMac, destinationMac, tunnel);
        }
    }

    /// A point on the way.
    public record Station(String node, String point, Form form) {

        boolean isAt(String place) {
            return place.equals(node + " " + point);
        }

        private Station with(Form other) {
            return new Station(node, point, other);
        }
    }

    public Way {
        stations = List.copyOf(stations);
    }

    /// It ends at that point: nothing is seen after it.
    public Way until(String place) {
        for (int i = stations.size() - 1; i >= 0; i--) {
            if (stations.get(i).isAt(place)) {
                return new Way(stations.subList(0, i + 1));
            }
        }
        throw new IllegalArgumentException("no " + place + " on the way " + places());
    }

    /// It begins at that point.
    public Way from(String place) {
        for (int i = 0; i < stations.size(); i++) {
            if (stations.get(i).isAt(place)) {
                return new Way(stations.subList(i, stations.size()));
            }
        }
        throw new IllegalArgumentException("no " + place + " on the way " + places());
    }

    /// It does not pass that point.
    public Way without(String place) {
        return new Way(stations.stream().filter(station -> !station.isAt(place)).toList());
    }

    /// It goes on like `other`.
    public Way then(Way other) {
        List<Station> all = new ArrayList<>(stations);
        all.addAll(other.stations);
        return new Way(all);
    }

    /// It goes on to that point, as it was seen last and passed on once.
    public Way to(String place) {
        String[] at = place.split(" ", 2);
        Form form = stations.getLast().form().older(1);
        return then(new Way(List.of(new Station(at[0], at[1], form))));
    }

    /// Wherever the destination is translated, it is translated to this instead; null for not at all.
    public Way translatedTo(String endpoint) {
        Endpoint to = endpoint == null ? null : Site.endpoint(endpoint);
        return where(form -> form.destination() != null, form -> form.to(to));
    }

    /// Wherever the source is translated, it is translated to this instead; null for not at all.
    public Way translatedFrom(String endpoint) {
        Endpoint from = endpoint == null ? null : Site.endpoint(endpoint);
        return where(form -> form.source() != null, form -> form.from(from));
    }

    /// From that point on the source is translated.
    public Way sourceFrom(String place, String endpoint) {
        List<Station> changed = new ArrayList<>();
        boolean past = false;
        for (Station station : stations) {
            past |= station.isAt(place);
            changed.add(past ? station.with(station.form().from(Site.endpoint(endpoint))) : station);
        }
        return new Way(changed);
    }

    /// Tunnels have another network identifier.
    public Way vni(int vni) {
        return tunnelled(
                tunnel -> new Tunnel(tunnel.kind(), tunnel.source(), tunnel.destination(), tunnel.port(), vni));
    }

    /// Tunnels are addressed to another VTEP.
    public Way remote(String vtep) {
        return tunnelled(
                tunnel -> new Tunnel(tunnel.kind(), tunnel.source(), Address.of(vtep), tunnel.port(), tunnel.vni()));
    }

    /// Tunnels come from another VTEP.
    public Way local(String vtep) {
        return tunnelled(tunnel ->
                new Tunnel(tunnel.kind(), Address.of(vtep), tunnel.destination(), tunnel.port(), tunnel.vni()));
    }

    /// Tunnels are addressed to another UDP port.
    public Way port(int port) {
        return tunnelled(
                tunnel -> new Tunnel(tunnel.kind(), tunnel.source(), tunnel.destination(), port, tunnel.vni()));
    }

    /// Frames in tunnels are for that MAC, and still are where a device has unpacked them.
    ///
    /// @param places where the frame is seen outside the tunnel
    public Way innerMac(long mac, String... places) {
        Way way = where(form -> form.tunnel() != null, form -> form.in(0, mac));
        for (String place : places) {
            way = way.macs(place, 0, mac);
        }
        return way;
    }

    /// At that point the frame has these MACs; 0 for what it had.
    public Way macs(String place, long source, long destination) {
        return new Way(stations.stream()
                .map(station ->
                        station.isAt(place) ? station.with(station.form().in(source, destination)) : station)
                .toList());
    }

    /// So many routers more have passed it on, everywhere.
    public Way older(int hops) {
        return where(form -> true, form -> form.older(hops));
    }

    /// What follows from `place` on happens again, so many times, with fewer hops left each time.
    public Way again(String place, int times) {
        Way round = from(place);
        Way way = this;
        for (int i = 1; i <= times; i++) {
            way = way.then(round.older(i * round.stations.size()));
        }
        return way;
    }

    /// Nothing is encapsulated.
    public Way plain() {
        return tunnelled(tunnel -> null);
    }

    private Way tunnelled(UnaryOperator<Tunnel> change) {
        return where(
                form -> form.tunnel() != null, form -> form.in(change.apply(Objects.requireNonNull(form.tunnel()))));
    }

    private Way where(Predicate<Form> which, UnaryOperator<Form> change) {
        return new Way(stations.stream()
                .map(station -> which.test(station.form()) ? station.with(change.apply(station.form())) : station)
                .toList());
    }

    private List<String> places() {
        return stations.stream()
                .map(station -> station.node() + " " + station.point())
                .toList();
    }
}
