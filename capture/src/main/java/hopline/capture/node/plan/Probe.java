package hopline.capture.node.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Traffic that is made to be judged.
///
/// @param from where it starts
/// @param name of the pod as `NAMESPACE/NAME`, or of the network namespace; blank for the node
/// @param kind what is done
/// @param target an address or name, for TCP with its port, for HTTP the rest of the URL
/// @param server which DNS server is asked; blank for the one that the place has
public record Probe(From from, String name, Kind kind, String target, String server) {

    /// Where a probe starts.
    public enum From {
        POD,
        NAMESPACE,
        NODE
    }

    /// What a probe does.
    public enum Kind {
        PING,
        TCP,
        DNS,
        HTTP
    }

    private static final Pattern FORM = Pattern.compile("(pod:[^=]+|netns:[^=]+|node)=(ping|tcp|dns|http)://(\\S+)");

    /// No word may be taken for an option, and none may hold what only a shell would want.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

    private static final Pattern POD = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}/[a-z0-9][a-z0-9.-]{0,252}");
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9._:/\\[\\]%?&=+~-]{0,1000}");

    /// `FROM=KIND://TARGET`, as in `pod:shop/client=http://shop-web/`, `netns:client=ping://10.0.0.1`,
    /// `node=dns://web.shop@10.96.0.10`.
    public static Probe of(String text) throws PlanException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new PlanException("a probe is pod:NAMESPACE/NAME=WHAT, netns:NAME=WHAT or node=WHAT, and WHAT is"
                    + " ping://HOST, tcp://HOST:PORT, dns://NAME[@SERVER] or http://HOST/PATH, not " + text);
        }
        String place = form.group(1);
        From from = place.equals("node") ? From.NODE : place.startsWith("pod:") ? From.POD : From.NAMESPACE;
        String name = place.substring(place.indexOf(':') + 1);
        Kind kind = Kind.valueOf(form.group(2).toUpperCase(java.util.Locale.ROOT));
        String target = form.group(3);
        int at = kind == Kind.DNS ? target.lastIndexOf('@') : -1;
        Probe probe = new Probe(
                from,
                from == From.NODE ? "" : name,
                kind,
                at < 0 ? target : target.substring(0, at),
                at < 0 ? "" : target.substring(at + 1));
        probe.require(text);
        return probe;
    }

    private void require(String text) throws PlanException {
        boolean namesPlace =
                switch (from) {
                    case NODE -> true;
                    case NAMESPACE -> NAME.matcher(name).matches();
                    case POD -> POD.matcher(name).matches();
                };
        boolean fits = TARGET.matcher(target).matches()
                && (server.isEmpty() || TARGET.matcher(server).matches());
        if (!namesPlace || !fits) {
            throw new PlanException("a probe names its place and target in letters, digits and . _ - : /, not " + text);
        }
        if (kind == Kind.TCP && !target.matches(".+:\\d{1,5}")) {
            throw new PlanException("a probe by TCP needs a port, as tcp://10.0.0.1:80, not " + text);
        }
    }

    /// As plans say it.
    public String text() {
        String place =
                switch (from) {
                    case NODE -> "node";
                    case NAMESPACE -> "netns:" + name;
                    case POD -> "pod:" + name;
                };
        String scheme = kind.name().toLowerCase(java.util.Locale.ROOT);
        return place + "=" + scheme + "://" + target + (server.isEmpty() ? "" : "@" + server);
    }
}
