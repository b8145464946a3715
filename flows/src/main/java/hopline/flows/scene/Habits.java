package hopline.flows.scene;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.TcpConnection;
import hopline.flows.state.Cluster;

/// What goes on in this network and works: a rule that finds the same in a flow that fails must look for another cause.
///
/// Learnt from all flows before any is judged. One thread teaches; while none does, any number may ask.
public final class Habits {

    private final Links links;
    private final Masquerades masquerades = new Masquerades();
    private final RoutedPods routedPods;
    private final NameServers nameServers = new NameServers();
    private final Traceroute traceroute = new Traceroute();

    /// Nothing known yet but the cluster's lists.
    public Habits(Cluster cluster) {
        this.links = new Links(cluster);
        this.routedPods = new RoutedPods(cluster);
    }

    /// Learns from one flow.
    public void learn(Flow flow) {
        boolean works = works(flow);
        links.learn(flow, works);
        masquerades.learn(flow, works);
        routedPods.learn(flow, works);
        nameServers.learn(flow);
        traceroute.learn(flow);
    }

    /// Learns from a packet that belongs to no flow.
    public void learn(Journey journey) {
        links.learn(journey);
    }

    /// Questions and answers reached each other.
    private static boolean works(Flow flow) {
        TcpConnection tcp = flow.tcp();
        boolean bothWays = flow.forward().packets() > 0 && flow.reverse().packets() > 0;
        if (tcp == null) {
            return bothWays && isAnswerBroughtBack(flow);
        }
        return bothWays
                && (tcp.isEstablished() || tcp.initiator().syns() == 0)
                && !tcp.isStalled(true)
                && !tcp.isStalled(false);
    }

    /// Some answer bears in the end the address that the question bore at first.
    private static boolean isAnswerBroughtBack(Flow flow) {
        Stage asked = flow.forward().routes().getFirst().example().first();
        for (Route route : flow.reverse().routes()) {
            for (Stage stage = route.example().first(); stage != null; stage = stage.next()) {
                if (stage.destinationLow() == asked.sourceLow() && stage.destinationHigh() == asked.sourceHigh()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Which MAC addresses speak for which IP addresses, and where.
    public Links links() {
        return links;
    }

    /// Which translated sources are answered.
    public Masquerades masquerades() {
        return masquerades;
    }

    /// Where pods' own addresses are answered from outside.
    public RoutedPods routedPods() {
        return routedPods;
    }

    /// Who sends with a small time to live.
    Traceroute traceroute() {
        return traceroute;
    }

    /// Which servers are asked for the cluster's names.
    public NameServers nameServers() {
        return nameServers;
    }
}
