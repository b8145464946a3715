package hopline.flows.site;

import hopline.capture.event.Matter;
import hopline.capture.event.Tuple;
import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.header.TcpHeader;
import java.util.function.UnaryOperator;

/// Two hosts of a [Site] speak with each other; each step is a packet that takes its way at once.
public final class Conversation {

    private static final int ACK = TcpHeader.ACK;
    private static final int PIECE = 1_480;
    private static final int LAST_PIECE = 40;

    private final Site site;
    private final Endpoint client;
    private final Endpoint target;
    private final Endpoint responder;
    private Endpoint clientAsSeen;
    private Way there;
    private Way back;
    private UnaryOperator<Way> next = way -> way;
    private int sent = 1_000_000 + 77_777;
    private int received = 900_000_000;
    private Packet lastSent;
    private Packet lastReceived;
    private int pings;
    private int rest;

    Conversation(Site site, Endpoint client, Endpoint target, Endpoint responder, Site.Ways ways) {
        this.site = site;
        this.client = client;
        this.target = target;
        this.responder = responder;
        this.clientAsSeen = ways.clientAsSeen();
        this.there = ways.there();
        this.back = ways.back();
        this.sent += client.port() * 1_000;
        this.received += client.port() * 1_000;
    }

    /// Whose packets the initiator's are, as events say it.
    public Tuple tuple() {
        return new Tuple(
                IpProtocol.TCP,
                client.address().toString(),
                client.port(),
                target.address().toString(),
                target.port());
    }

    /// The system of that node logs something beside packets.
    public Conversation logs(String node, Matter matter) {
        site.logs(node, matter);
        return this;
    }

    /// From now on the initiator's packets take another way.
    public Conversation there(UnaryOperator<Way> change) {
        there = change.apply(there);
        return this;
    }

    /// From now on the responder's packets take another way.
    public Conversation back(UnaryOperator<Way> change) {
        back = change.apply(back);
        return this;
    }

    /// The initiator is translated to that address, and answered there.
    public Conversation seenAs(String address) {
        clientAsSeen = new Endpoint(Address.of(address), client.port());
        return there(way -> way.translatedFrom(address));
    }

    /// Only the next packet takes another way.
    public Conversation next(UnaryOperator<Way> change) {
        next = change;
        return this;
    }

    /// The next packet is lost after that point.
    public Conversation losing(String lastSeen) {
        return next(way -> way.until(lastSeen));
    }

    /// Nothing happens for so long.
    public Conversation pause(double seconds) {
        site.pause(seconds);
        return this;
    }

    /// The initiator opens, or tries again.
    public Conversation syn() {
        return forward(tcp(sent, 0, TcpHeader.SYN, 0));
    }

    public Conversation synAck() {
        reverse(tcp(received, sent + 1, TcpHeader.SYN | ACK, 0));
        return this;
    }

    /// The handshake.
    public Conversation open() {
        syn().synAck();
        sent++;
        received++;
        return ack();
    }

    /// The responder acknowledges all it got, and takes no more.
    public Conversation closesWindow() {
        return reverse(new Body.Tcp(received, sent, ACK, 0, milliseconds(), 0));
    }

    /// The initiator asks with nothing new whether the responder takes more.
    public Conversation knock() {
        return forward(tcp(sent - 1, received, ACK, 0));
    }

    /// The initiator sends a datagram in pieces of 1,480 octets, and one of 40.
    ///
    /// @param missing which of them does not pass `lastSeen`, from 0
    public Conversation pieces(int count, int missing, String lastSeen) {
        int id = site.nextId();
        Packet first = null;
        for (int i = 0; i <= count; i++) {
            Body piece = new Body.Piece(i * PIECE, i < count ? PIECE : LAST_PIECE, i < count);
            lastSent = Packet.of(client, target, id, piece);
            first = i == 0 ? lastSent : first;
            site.carry(lastSent, i == missing ? there.until(lastSeen) : there);
        }
        lastSent = first; // whoever complains quotes the one with the ports
        return this;
    }

    /// The initiator sends a datagram in pieces, all of which arrive.
    public Conversation pieces(int count) {
        return pieces(count, -1, "");
    }

    /// The initiator acknowledges all it got.
    public Conversation ack() {
        return forward(tcp(sent, received, ACK, 0));
    }

    /// The responder acknowledges all it got.
    public Conversation acked() {
        return reverse(tcp(received, sent, ACK, 0));
    }

    /// The initiator sends so many octets.
    public Conversation send(int octets) {
        forward(tcp(sent, received, ACK | TcpHeader.PSH, octets));
        sent += octets;
        return this;
    }

    /// The initiator sends a TLS alert of that level; of 31 octets when it is encrypted, and the level is any octet.
    public Conversation sendAlert(int level, boolean encrypted) {
        int octets = encrypted ? 31 : 7;
        forward(new Body.Alert(tcp(sent, received, ACK | TcpHeader.PSH, octets), level));
        sent += octets;
        return this;
    }

    /// The responder sends so many octets.
    public Conversation receive(int octets) {
        reverse(tcp(received, sent, ACK | TcpHeader.PSH, octets));
        received += octets;
        return this;
    }

    /// The initiator's last segment once more.
    public Conversation resend() {
        return forward(again(lastSent));
    }

    /// The responder's last segment once more.
    public Conversation receiveAgain() {
        return reverse(again(lastReceived));
    }

    private Body again(Packet last) {
        return last.body() instanceof Body.Tcp tcp ? tcp.withTimestamp(milliseconds()) : last.body();
    }

    /// The initiator asks with one octet of what it sent last whether the responder is there.
    public Conversation keepAlive() {
        return forward(tcp(sent - 1, received, ACK, 1));
    }

    /// The initiator's sequence numbers go on so much later.
    public Conversation skipSequence(int octets) {
        sent += octets;
        return this;
    }

    /// Of two segments the initiator sent, the second arrives first everywhere.
    public Conversation overtaken(int first, int second) {
        int earlier = milliseconds();
        pause(0.001).forward(new Body.Tcp(sent + first, received, ACK, second, milliseconds()));
        forward(new Body.Tcp(sent, received, ACK, first, earlier));
        sent += first + second;
        return this;
    }

    /// Both finish.
    public Conversation close() {
        forward(tcp(sent, received, ACK | TcpHeader.FIN, 0));
        sent++;
        reverse(tcp(received, sent, ACK | TcpHeader.FIN, 0));
        received++;
        return ack();
    }

    /// The initiator cuts the connection.
    public Conversation reset() {
        return forward(tcp(sent, received, TcpHeader.RST | ACK, 0));
    }

    /// The responder refuses or cuts the connection.
    public Conversation isReset() {
        return reverse(tcp(received, lastSent == null ? sent : sent + 1, TcpHeader.RST | ACK, 0));
    }

    /// A connection as it should be.
    public Conversation whole() {
        return open().send(200).acked().receive(1000).ack().close();
    }

    /// The initiator sends a datagram.
    public Conversation datagram(int octets) {
        return forward(new Body.Udp(payload(octets)));
    }

    /// The responder sends a datagram.
    public Conversation reply(int octets) {
        return reverse(new Body.Udp(payload(octets)));
    }

    private byte[] payload(int octets) {
        byte[] payload = new byte[octets];
        for (int i = 0; i < octets; i++) {
            payload[i] = (byte) (site.now() / 1_000 + i);
        }
        return payload;
    }

    public Conversation query(int id, String name) {
        return forward(Body.Udp.dns(id, name, false, 0));
    }

    /// The initiator asks for records of that type, and there is no such name.
    public Conversation asksInVain(int id, int type, String name) {
        forward(Body.Udp.dns(id, type, name, false, 0));
        return reverse(Body.Udp.dns(id, type, name, true, 3));
    }

    public Conversation answer(int id, String name, int responseCode) {
        return reverse(Body.Udp.dns(id, name, true, responseCode));
    }

    public Conversation ping() {
        return ping(32);
    }

    /// An echo request with so many octets of data.
    public Conversation ping(int octets) {
        return forward(new Body.Echo(true, client.port(), ++pings, octets));
    }

    public Conversation pong() {
        return reverse(new Body.Echo(false, client.port(), pings, 32));
    }

    /// Somebody complains about the initiator's last packet, as it was seen at `place`, from where the complaint goes
    /// back.
    public Conversation complain(String place, String by, int type, int code, int mtu) {
        Packet quoted = there.until(place).stations().getLast().form().of(lastSent);
        Endpoint from = new Endpoint(Address.of(by), Endpoint.NO_PORT);
        Body error = new Body.Error(type, code, mtu, quoted);
        Packet packet = Packet.of(from, bare(quoted.source()), site.nextId(), error);
        site.carry(packet, back.from(place).translatedFrom(null));
        return this;
    }

    /// The same about the responder's last packet, as it was seen at `place`; the complaint goes from there to it.
    public Conversation complainOfReply(String place, String by, int type, int code) {
        Packet quoted = back.until(place).stations().getLast().form().of(lastReceived);
        Endpoint from = new Endpoint(Address.of(by), Endpoint.NO_PORT);
        Packet packet = Packet.of(from, bare(quoted.source()), site.nextId(), new Body.Error(type, code, 0, quoted));
        site.carry(packet, there.from(place));
        return this;
    }

    /// The way of the initiator's packets.
    public Way wayThere() {
        return there;
    }

    /// The initiator sends only so many octets of its last segment again.
    public Conversation cutLast(int octets) {
        Body.Tcp last = (Body.Tcp) lastSent.body();
        sent = last.sequence() + octets;
        rest = last.payload() - octets;
        return forward(new Body.Tcp(last.sequence(), received, ACK, octets, milliseconds()));
    }

    /// The initiator sends what [#cutLast] left out.
    public Conversation sendRest() {
        return send(rest);
    }

    private Conversation forward(Body body) {
        lastSent = Packet.of(at(client, body), at(target, body), site.nextId(), body);
        carry(lastSent, there);
        return this;
    }

    private Conversation reverse(Body body) {
        lastReceived = Packet.of(at(responder, body), at(clientAsSeen, body), site.nextId(), body);
        carry(lastReceived, back);
        return this;
    }

    private void carry(Packet packet, Way way) {
        UnaryOperator<Way> change = next;
        next = same -> same;
        site.carry(packet, change.apply(way));
    }

    private static Endpoint at(Endpoint endpoint, Body body) {
        return body instanceof Body.Echo ? bare(endpoint) : endpoint;
    }

    private static Endpoint bare(Endpoint endpoint) {
        return new Endpoint(endpoint.address(), Endpoint.NO_PORT);
    }

    private Body.Tcp tcp(int sequence, int acknowledgment, int flags, int payload) {
        return new Body.Tcp(sequence, acknowledgment, flags, payload, milliseconds());
    }

    private int milliseconds() {
        return (int) (site.now() / 1_000_000);
    }
}
