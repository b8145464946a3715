package hopline.cli.export;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;

/// Where IPFIX messages go: a stream, or a collector on the network.
public final class Collectors {

    private static final int IPFIX_PORT = 4739;
    private static final int PATIENCE_MILLIS = 5_000;

    private Collectors() {}

    /// One message after the other on `out`, which stays open.
    public static IpfixExport.Collector stream(OutputStream out) {
        return out::write;
    }

    /// The collector at `udp://HOST:PORT` or `tcp://HOST:PORT`, port 4739 when it says none.
    ///
    /// @throws IllegalArgumentException when it is neither
    /// @throws IOException when it cannot be reached
    public static IpfixExport.Collector at(String address) throws IOException {
        URI uri = parse(address);
        InetSocketAddress host = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? IPFIX_PORT : uri.getPort());
        if (host.isUnresolved()) {
            throw new IOException("no such host: " + uri.getHost());
        }
        return uri.getScheme().equals("udp") ? new Datagrams(host) : new Connection(host);
    }

    private static URI parse(String address) {
        try {
            URI uri = new URI(address);
            boolean known = "udp".equals(uri.getScheme()) || "tcp".equals(uri.getScheme());
            if (known && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException("a collector is udp://HOST:PORT or tcp://HOST:PORT, not " + address);
    }

    private static final class Datagrams implements IpfixExport.Collector {

        private final DatagramSocket socket;

        Datagrams(InetSocketAddress host) throws IOException {
            socket = new DatagramSocket();
            socket.connect(host);
        }

        @Override
        public void message(byte[] message) throws IOException {
            try {
                socket.send(new DatagramPacket(message, message.length));
            } catch (PortUnreachableException e) {
                throw new IOException("nobody listens there", e);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static final class Connection implements IpfixExport.Collector {

        private final Socket socket;

        Connection(InetSocketAddress host) throws IOException {
            socket = new Socket();
            socket.connect(host, PATIENCE_MILLIS);
        }

        @Override
        public void message(byte[] message) throws IOException {
            socket.getOutputStream().write(message);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
