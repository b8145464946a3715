package hopline.flows.event;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.Action;
import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Operation;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.SystemEvent;
import hopline.capture.event.Tuple;
import hopline.capture.event.VfpRule;
import hopline.decode.Address;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Coincidence;
import hopline.flows.path.Hop;
import hopline.flows.rule.Verdict;
import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {

    private static final SwitchPort PORT = new SwitchPort(7, false, "", "");
    private static final VfpRule ALLOW = new VfpRule("ACL_ENDPOINT_LAYER", "OUT", "allow", VfpRule.ALLOW);
    private static final VfpRule BALANCE = new VfpRule("LB_DSR", "LB_DSR_IPv4_OUT", "LB_DSR_1", VfpRule.NAT);
    private static final VfpRule HIDE = new VfpRule("SLB_NAT_LAYER", "OUT", "SNAT_TCP", VfpRule.DYNAMIC_NAT);
    private static final VfpRule TUNNEL =
            new VfpRule("VNET_PA_ROUTE_LAYER", "OUT", "REMOTESUBNETROUTE_ENCAP_1", VfpRule.ROUTE_ENCAP);

    private static Tuple translated(Tuple tuple, String destination, int port) {
        return new Tuple(Tuple.UNTOLD, tuple.source(), tuple.sourcePort(), destination, port);
    }

    private static Matter matched(VfpRule rule, Tuple tuple) {
        return new Matter.RuleMatched(PORT, rule, tuple, 0);
    }

    /// A connection to a service on another node, of which the first packet's way is told.
    private static Report toldOfTheFirstPacket(boolean rewrites) {
        Site site = Site.busy(Style.WINDOWS);
        Conversation shop = site.connect("shop/cart", "shop/stock", "shop/stock-1");
        Tuple asked = shop.tuple();
        Tuple meant = translated(asked, site.address("shop/stock-1"), 8080);
        shop.logs("east", matched(ALLOW, asked)).logs("east", matched(BALANCE, asked));
        if (rewrites) {
            shop.logs("east", new Matter.Rewritten(PORT, meant));
        }
        Tuple told = new Tuple(6, meant.source(), meant.sourcePort(), meant.destination(), meant.destinationPort());
        shop.logs("east", matched(TUNNEL, rewrites ? told : asked));
        shop.logs("east", new Matter.Encapsulated(PORT, site.address("east"), site.address("west"), "VXLAN", 4210));
        shop.whole();
        return site.analyze();
    }

    private static List<Hop> hops(Report report, boolean forward) {
        var flows = report.flows("shop/cart > shop/stock");
        var flow = flows.getLast().flow();
        var way = (forward ? flow.mainForward() : flow.mainReverse()).orElseThrow();
        return way.path().hops(report.analysis().scene().events()::by);
    }

    private static List<String> rules(List<Hop> hops) {
        return hops.stream()
                .flatMap(hop -> hop.by().stream())
                .flatMap(Optional::stream)
                .map(VfpRule::rule)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesTheRuleBehindEachRewrite(boolean rewrites) {
        assertThat(rules(hops(toldOfTheFirstPacket(rewrites), true)))
                .containsExactly("LB_DSR_1", "REMOTESUBNETROUTE_ENCAP_1");
    }

    /// The flow that a rule set up turns the answers back.
    @Test
    void anAnswersTranslationIsByTheRuleOfTheQuestion() {
        assertThat(rules(hops(toldOfTheFirstPacket(true), false))).containsExactly("LB_DSR_1");
    }

    @Test
    void withoutEventsNoRuleIsNamed() {
        assertThat(rules(hops(Site.busy(Style.WINDOWS).analyze(), true))).isEmpty();
    }

    @Test
    void ofTwoTranslatingRulesTheFittingOneIsNamed() {
        EventLog log = new EventLog();
        Tuple from = new Tuple(6, "10.0.0.1", 5000, "10.96.0.1", 80);
        Tuple to = new Tuple(6, "10.0.0.254", 6000, "10.0.1.1", 8080);
        add(log, 0, matched(HIDE, from));
        add(log, 1, matched(BALANCE, from));
        add(log, 2, new Matter.Rewritten(PORT, to));
        log.settle();

        Stage before = stage(from);
        Stage after = stage(to);
        List<Rewrite> rewrites = Rewrite.between(before, after, false);

        assertThat(rewrites).hasSize(2);
        assertThat(rewrites.stream().map(rewrite -> log.by(before, after, rewrite)))
                .containsExactly(Optional.of(BALANCE), Optional.of(HIDE));
    }

    private static final Tuple INSIDE = new Tuple(6, "10.0.0.1", 5000, "203.0.113.80", 443);
    private static final Tuple OUTSIDE = new Tuple(6, "192.0.2.11", 52_001, "203.0.113.80", 443);

    private static Tuple answer(Tuple tuple) {
        return new Tuple(6, tuple.destination(), tuple.destinationPort(), tuple.source(), tuple.sourcePort());
    }

    private static Optional<VfpRule> by(EventLog log, Tuple from, Tuple to, boolean reply) {
        Rewrite rewrite = Rewrite.between(stage(from), stage(to), reply).getFirst();
        return log.by(stage(from), stage(to), rewrite);
    }

    @Test
    void winNatsTranslationIsNamedThereAndBack() {
        EventLog log = new EventLog();
        add(log, 0, new Matter.Session(true, INSIDE, OUTSIDE));

        assertThat(by(log, INSIDE, OUTSIDE, false)).hasValue(VfpRule.WIN_NAT);
        assertThat(by(log, answer(OUTSIDE), answer(INSIDE), true)).hasValue(VfpRule.WIN_NAT);
        assertThat(VfpRule.WIN_NAT.label()).isEqualTo("a translation of WinNat");
    }

    /// Ports of another connection, or another time.
    @Test
    void anotherTranslationIsNotBlamed() {
        EventLog log = new EventLog();
        add(log, 0, new Matter.Session(true, new Tuple(6, "10.0.0.1", 5001, "203.0.113.80", 443), OUTSIDE));
        assertThat(by(log, INSIDE, OUTSIDE, false)).isEmpty();

        add(log, 5_000_000, new Matter.Session(true, INSIDE, OUTSIDE));
        assertThat(by(log, INSIDE, OUTSIDE, false)).isEmpty();
    }

    @Test
    void aTranslationWhoseBeginningWasMissedIsNamedToo() {
        EventLog log = new EventLog();
        add(log, 5_000_000, new Matter.Session(false, INSIDE, OUTSIDE));

        assertThat(by(log, INSIDE, OUTSIDE, false)).hasValue(VfpRule.WIN_NAT);
    }

    @Test
    void translationsAreBounded() {
        Translations few = new Translations(1);

        assertThat(few.add("n", new Matter.Session(true, INSIDE, OUTSIDE), 0)).isTrue();
        assertThat(few.add("n", new Matter.Session(false, INSIDE, OUTSIDE), 1)).isTrue();
        assertThat(few.add("n", new Matter.Session(true, OUTSIDE, INSIDE), 0)).isFalse();
        assertThat(few.add("n", new Matter.Session(true, new Tuple(6, "x", 1, "y", 2), OUTSIDE), 0))
                .isTrue();
    }

    /// Two processors write at the same time.
    @Test
    void whatProcessorsLogIsNotMixedUp() {
        EventLog log = new EventLog();
        Tuple one = new Tuple(6, "10.0.0.1", 5000, "10.96.0.1", 80);
        Tuple other = new Tuple(6, "10.0.0.1", 5001, "10.96.0.2", 80);
        add(log, 0, 0, matched(BALANCE, one));
        add(log, 1, 1, matched(HIDE, other));
        add(log, 2, 0, new Matter.Rewritten(PORT, translated(one, "10.0.1.1", 8080)));
        log.settle();

        Stage after = stage(new Tuple(6, "10.0.0.1", 5000, "10.0.1.1", 8080));
        Rewrite rewrite = Rewrite.between(stage(one), after, false).getFirst();

        assertThat(log.by(stage(one), after, rewrite)).hasValue(BALANCE);
    }

    private static Stage stage(Tuple tuple) {
        return Stage.ofTuple(
                tuple.protocol(),
                Address.of(tuple.source()),
                tuple.sourcePort(),
                Address.of(tuple.destination()),
                tuple.destinationPort());
    }

    private static void add(EventLog log, int micros, Matter matter) {
        add(log, micros, 0, matter);
    }

    private static void add(EventLog log, long micros, int processor, Matter matter) {
        log.add(
                "", // where stages of a tuple alone are
                new SystemEvent(1_000 * micros, "made", 1, "", EventLayout.CARRIED, processor, matter),
                1_000 * micros);
    }

    @Test
    void aLayerOfLoadBalancersWithoutARuleIsProofEnough() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation shop = site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.until("east vEthernet (cart)"));
        Matter idle = new Matter.NoRuleMatched(PORT, "LB_DSR", shop.tuple());
        shop.syn().logs("east", idle).pause(1).syn().logs("east", idle);

        Report report = site.later();

        assertThat(report.faults()).singleElement().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("service-not-translated");
            assertThat(said.at()).isEqualTo("east vEthernet (cart)");
            assertThat(said.actual()).endsWith("; no rule of VFP's layer LB_DSR matched");
        });
        assertThat(report.finding("service-not-translated").certain()).isTrue();
    }

    @Test
    void aLayerOfTunnelsWithoutARuleIsProofEnough() {
        Site site = new Site(Style.WINDOWS);
        Conversation knock =
                site.connect("shop/cart", "shop/offer-1:7000").there(way -> way.until("east vEthernet (cart)"));
        Matter idle = new Matter.NoRuleMatched(PORT, "VNET_PA_ROUTE_LAYER", knock.tuple());
        knock.syn().logs("east", idle).pause(1).syn().logs("east", idle);

        assertThat(site.pause(3).analyze().faults()).first().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("vxlan-not-encapsulated");
            assertThat(said.actual()).isEqualTo("no encapsulation; no rule of VFP's layer VNET_PA_ROUTE_LAYER matched");
        });
    }

    private static Operation removed(String address) {
        return new Operation(Action.REMOVED, "load balancer", address, List.of(address), "", false);
    }

    @Test
    void whatHappenedMeanwhileStandsBesideAFinding() {
        Site site = Site.busy(Style.WINDOWS);
        site.logs("east", removed(site.address("shop/stock")))
                .logs("east", removed("10.97.0.99"))
                .logs("west", removed(site.address("shop/stock")))
                .pause(3);
        Conversation shop = site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.translatedTo(null).plain().until(site.uplink("east")));
        shop.syn().pause(1).syn();

        Report report = site.later();
        List<Coincidence> events = report.analysis().coincidences(report.finding("service-not-translated"));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.happening().text()).isEqualTo("load balancer " + site.address("shop/stock") + " removed");
            assertThat(event.happening().node()).isEqualTo("east");
            assertThat(event.concerns()).isTrue();
            assertThat(event.beforeNanos()).isBetween(3_000_000_000L, 3_010_000_000L);
        });
    }

    /// What a clock that is ahead logs is put right as packets are.
    @Test
    void eventsAreCorrectedAsTheirNodesClockIs() {
        Site site = Site.busy(Style.WINDOWS).clock("west", 5);
        Conversation knock =
                site.connect("shop/stock-1", "shop/cart:7000").there(way -> way.until("west vEthernet (stock-1)"));
        VfpRule deny = new VfpRule("ACL_ENDPOINT_LAYER", "", "deny", VfpRule.BLOCK);
        for (int i = 0; i < 3; i++) {
            knock.syn();
            site.logsAhead("west", 5, new Matter.RuleMatched(PORT, deny, knock.tuple(), 0));
            site.pause(1);
        }

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::rule).contains("policy-blocked");
        assertThat(report.flow("shop/stock-1 > shop/cart").verdict()).isEqualTo(Verdict.DROPPED);
    }

    @Test
    void policiesThatComeAndGoAreCounted() {
        EventLog log = new EventLog();
        Operation added = new Operation(Action.CREATED, "layer", "", List.of(), "", true);
        Operation gone = new Operation(Action.REMOVED, "layer", "", List.of(), "", true);
        for (int i = 0; i < 30; i++) {
            add(log, i, i < 20 ? added : gone);
        }

        assertThat(log.churn().lines()).singleElement().satisfies(line -> assertThat(line.text())
                .isEqualTo("layer: 20 created, 10 removed"));
        assertThat(log.happenings()).isEmpty();
        assertThat(log.layouts()).containsEntry(EventLayout.CARRIED, 30L);
    }

    @Test
    void whatIsKeptIsBoundedAndTheBoundIsTold() {
        EventLog log = new EventLog();
        for (int i = 0; i < EventLog.MAX_HAPPENINGS + 3; i++) {
            add(log, i, removed("10.96.0.1"));
        }
        for (int i = 0; i < EventLog.MAX_PASSES + 2; i++) {
            String source = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            add(log, 10L * i, 0, matched(ALLOW, new Tuple(6, source, 1, "10.96.0.1", 80)));
        }
        log.settle();

        assertThat(log.happenings()).hasSize(EventLog.MAX_HAPPENINGS);
        assertThat(log.limits())
                .containsExactly("5 events beyond those kept were not joined to packets, nor stand in the timeline");
    }

    /// Packets that no flow is set up for, as those that are blocked, go their way anew each time.
    @Test
    void manyPacketsOfOneConnectionLeaveRoomForOthers() {
        EventLog log = new EventLog();
        Tuple busy = new Tuple(17, "10.0.0.1", 5000, "10.96.0.1", 80);
        for (int i = 0; i < EventLog.MAX_PASSES + 2; i++) {
            add(log, 2_000_000L * i, 0, matched(ALLOW, busy));
        }
        Tuple from = new Tuple(6, "10.0.0.2", 5000, "10.96.0.1", 80);
        Tuple to = new Tuple(6, "10.0.0.2", 5000, "10.0.1.1", 8080);
        add(log, 0, matched(BALANCE, from));
        add(log, 1, new Matter.Rewritten(PORT, to));
        log.settle();

        Stage after = stage(to);
        List<Rewrite> rewrites = Rewrite.between(stage(from), after, false);
        assertThat(rewrites).singleElement().satisfies(rewrite -> assertThat(log.by(stage(from), after, rewrite))
                .contains(BALANCE));
        assertThat(log.limits()).isEmpty();
    }

    @Test
    void eventsThatHoldWholeFilesDoNotFillTheMemory() {
        EventLog log = new EventLog();
        String name = "x".repeat((int) (EventLog.MAX_CHARACTERS / 4));
        for (int i = 0; i < 9; i++) {
            add(log, i, removed(name));
        }
        add(log, 9, removed("10.96.0.1"));

        assertThat(log.happenings()).as("three large ones and the small one").hasSize(4);
        assertThat(log.limits()).singleElement().asString().startsWith("6 events beyond those kept");
    }

    @Test
    void anEventThatIsNeitherJoinedNorKeptIsCountedOnce() {
        EventLog log = new EventLog();
        for (int i = 0; i < EventLog.MAX_DENIALS + 3; i++) {
            Tuple tuple = new Tuple(6, "10.0." + (i >> 8) + "." + (i & 255), 1, "10.96.0.1", 80);
            add(
                    log,
                    i,
                    new Matter.Dropped(Matter.Dropper.STACK, "", Optional.empty(), Optional.of(tuple), "no reason"));
        }

        assertThat(log.limits()).singleElement().asString().startsWith("3 events beyond those kept");
    }

    @Test
    void rulesWithNamesAsLongAsFilesDoNotFillTheMemory() {
        EventLog log = new EventLog();
        String name = "x".repeat((int) (EventLog.MAX_CHARACTERS / 4));
        VfpRule rule = new VfpRule("ACL_ENDPOINT_LAYER", "OUT", name, VfpRule.ALLOW);
        for (int i = 0; i < 9; i++) {
            add(log, 10 * i, matched(rule, new Tuple(6, "10.0.0." + i, 1, "10.96.0.1", 80)));
        }
        log.settle();

        assertThat(log.limits()).singleElement().asString().startsWith("6 events beyond those kept");
    }

    /// Of each processor, the events of one packet are open until the next packet's.
    @Test
    void whatIsStillOpenDoesNotFillTheMemoryEither() {
        EventLog log = new EventLog();
        String name = "x".repeat((int) (EventLog.MAX_CHARACTERS / 4));
        VfpRule rule = new VfpRule("ACL_ENDPOINT_LAYER", "OUT", name, VfpRule.ALLOW);
        Tuple tuple = new Tuple(6, "10.0.0.1", 1, "10.96.0.1", 80);
        for (int processor = 0; processor < 9; processor++) {
            add(log, processor, processor, matched(rule, tuple));
        }
        Matter drop = new Matter.Dropped(Matter.Dropper.STACK, "", Optional.of(PORT), Optional.of(tuple), name);
        add(log, 9, 9, drop);

        assertThat(log.limits()).singleElement().asString().startsWith("7 events beyond those kept");
    }

    @Test
    void whatNamesNoAddressesIsJoinedToNothing() {
        EventLog log = new EventLog();
        add(log, 0, matched(BALANCE, new Tuple(6, "no address", 1, "10.96.0.1", 80)));
        add(log, 1, new Matter.Rewritten(PORT, new Tuple(-1, "", -1, "", -1)));
        log.settle();

        assertThat(log.limits()).isEmpty();
        assertThat(log.layouts()).containsEntry(EventLayout.CARRIED, 2L);
    }
}
