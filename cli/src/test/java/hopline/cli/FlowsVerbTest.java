package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Flows and their filters through the real command line.
class FlowsVerbTest {

    private static final String SAMPLE =
            SampleCaptures.folder("service-wrong-backend").toString();

    /// Filters, and which of the sample's fourteen flows they let through.
    private record Case(String filters, String flows) {}

    private static final List<Case> CASES = List.of(
            new Case("", "f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14"),
            new Case("--verdict mistranslated", "f5 f8"),
            new Case("--verdict MISTRANSLATED --verdict vanished", "f5 f8"),
            new Case("--not --verdict delivered", "f5 f8"),
            new Case("--flow f5 --flow f9", "f5 f9"),
            new Case("--from-pod shop/worker", "f11 f12 f13 f14"),
            new Case("--from-pod /worker", "f11 f12 f13 f14"),
            new Case("--from-pod shop/work", "f11 f12 f13 f14"),
            new Case("--from-pod shop/ --not --from-pod shop/client", "f11 f12 f13 f14"),
            new Case("--to-service shop/web --from-pod shop/worker", "f13 f14"),
            new Case("--to-pod shop/web-1 --protocol icmp", "f10"),
            new Case("--service kube-system/", "f1 f2"),
            new Case("--namespace kube-system", "f1 f2"),
            new Case("--to-namespace kube-system --from-namespace shop", "f1 f2"),
            new Case("--from-namespace kube-system", ""),
            new Case("--protocol dns", "f1 f2"),
            new Case("--protocol 17", "f1 f2"),
            new Case("--protocol icmp", "f10 f12"),
            new Case("--to-ip 203.0.113.0/24", "f9 f11"),
            new Case("--from-ip 203.0.113.80", ""),
            new Case("--ip 10.42.2.29", "f5 f8"),
            new Case("--ip fd00::/8", ""),
            new Case("--ip-version v6", ""),
            new Case("--port 53", "f1 f2"),
            new Case("--to-port 7070", "f4 f6"),
            new Case("--not --port 53 --not --port 80", "f10 f12"),
            new Case("--node-name node-b --from-pod shop/client", "f5 f8"),
            new Case("--node node-b --from-pod shop/client", "f5 f8"),
            new Case("--node-name *b --not --node-name node-a", "f11 f12 f14"),
            new Case("--point v-cart*", "f4 f6"),
            new Case("--tcp-flags rst", ""),
            new Case("--first 2", "f1 f2"),
            new Case("-c 2 --protocol tcp", "f3 f4"),
            new Case("-c 0", ""),
            new Case("--last 2", "f13 f14"),
            new Case("--since 2026-11-21T07:38:22Z", "f5"),
            new Case("--until 2026-11-21T07:38:18.7735Z", "f1"),
            new Case("--since 1.1s", "f5"));

    private static Session flows(String... arguments) {
        List<String> words = new ArrayList<>(List.of("flows"));
        words.addAll(Arrays.asList(arguments));
        return Session.of(words.toArray(String[]::new));
    }

    private static List<String> ids(String filters) {
        List<String> words = new ArrayList<>(Arrays.asList(filters.split(" ")));
        words.removeIf(String::isEmpty);
        words.addAll(List.of("--format", "jsonl", SAMPLE));
        Session session = flows(words.toArray(String[]::new));
        assertThat(session.err()).isEmpty();
        return session.out().lines().map(line -> Json.of(line).get("id").text()).toList();
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void filtersLetThroughWhatTheySay(Case filter) {
        assertThat(String.join(" ", ids(filter.filters()))).isEqualTo(filter.flows());
    }

    @Test
    void theTextIsAsExpected() throws IOException {
        golden("flows.txt", flows("--to-service", "shop/web", SAMPLE));
        golden("flows-verbose.txt", flows("-v", "--flow", "f5", "--flow", "f10", SAMPLE));
        golden("flows-numeric.txt", flows("-n", "--last", "3", SAMPLE));
    }

    private static void golden(String name, Session session) throws IOException {
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        GoldenFile.check(Path.of("src/test/resources/hopline/cli", name), session.out());
    }

    @Test
    void jsonHoldsTheFlowsOfTheAnalysis() {
        Json flows = Json.of(flows("--format", "json", SAMPLE).out()).get("flows");
        Json analysis =
                Json.of(Session.of("analyze", "--format", "json", SAMPLE).out()).get("flows");
        assertThat(flows.array()).hasSameElementsAs(analysis.array()).hasSize(14);
    }

    @Test
    void flowsThatWereNotKeptAreAnnounced() {
        Session session = flows("--flows", "3", SAMPLE);
        assertThat(session.messages())
                .containsExactly(
                        "hopline: 11 of 14 flows, small ones without findings, were not kept; --flows all keeps them");
        assertThat(session.out()).endsWith("3 of 14 flows\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pod client           | pod: did you mean shop/client?",
                "--from-pod shop/nobody | pod; they know 7, such as kube-system/dns-1",
                "--to-service web       | service: did you mean shop/web?",
                "--namespace shp        | namespace: did you mean shop?",
                "--node-name node-z     | node: did you mean node-a?",
                "--node NODE-?          | node: did you mean node-a?",
                "--point zz             | point; they know 10, such as cni0",
            })
    void aNameThatNothingBearsIsTold(String filter, String message) {
        String[] words = filter.split(" ");
        for (String verb : List.of("flows", "packets")) {
            Session session = Session.of(verb, words[0], words[1], SAMPLE);

            assertThat(session.messages())
                    .singleElement()
                    .asString()
                    .startsWith("hopline: " + filter + ": neither the lists nor the captures know such a " + message);
            assertThat(session.out()).startsWith("0 of ");
            assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        }
    }

    @Test
    void namesInAllTheirFormsAreKnown() {
        List<String> filters = List.of(
                "--pod=shop/",
                "--pod=/cl",
                "--service=shop/web",
                "--namespace=shop",
                "--node-name=*-a",
                "--node=node-b",
                "--point=v-*");
        for (String filter : filters) {
            assertThat(flows(filter, SAMPLE).err()).as(filter).isEmpty();
        }
    }

    @Test
    void withoutListsNoPodIsKnown() {
        assertThat(flows("--pod", "shop/client", SAMPLE + "/node-a.pcapng").err())
                .contains("such a pod, or any");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--flow f99             | there is no flow f99 here: there are 14, such as f",
                "--since 3m --until 5m  | --until 5m is before --since 3m",
                "--since 3m --until 1m --since 2m --until 5m | ''",
                "--since 5m --until 3m  | ''",
                "--not --since 3m --until 5m | ''",
                "--flows 3 --flow f99   | 11 of 14 flows",
            })
    void whatNothingCanPassIsRefused(String filters, String message) {
        for (String verb : List.of("flows", "packets")) {
            Session session = Session.of(Stream.of(verb + " " + filters, SAMPLE)
                    .flatMap(part -> Stream.of(part.split(" ")))
                    .toArray(String[]::new));

            assertThat(session.err()).contains(message);
            assertThat(session.exitCode())
                    .isEqualTo(
                            message.startsWith("there") || message.startsWith("--") ? ExitCode.USAGE : ExitCode.CLEAN);
        }
    }

    @Test
    void wrongFilters() {
        String[][] wrong = {
            {"--verdict", "fine", "takes delivered, dropped"},
            {"--protocol", "tpc", "takes tcp, udp"},
            {"--ip", "10.42.1", "takes an address"},
            {"--ip", "10.42.1.0/33", "takes an address"},
            {"--port", "70000", "takes a number from 0 to 65535"},
            {"--pod", "a/b/c", "takes NAME, NS/NAME, NS/ or /NAME"},
            {"--flow", "5", "takes a flow's id"},
            {"--since", "yesterday", "takes a time"},
            {"--since", "99999999999d", "takes a time"},
            {"--ip-version", "5", "takes v4 or v6"},
            {"--tcp-flags", "syn,push", "takes fin, syn"},
            {"--last", "0", "takes a number from 1"},
            {"--bpf", "no such filter", "syntax error"},
        };
        for (String[] words : wrong) {
            Session session = flows(words[0], words[1], SAMPLE);
            assertThat(session.exitCode()).as(words[0] + " " + words[1]).isEqualTo(ExitCode.USAGE);
            assertThat(session.messages()).singleElement().asString().contains(words[0], words[2]);
        }
        assertThat(flows(SAMPLE, "--not").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(flows("--first", "1", "--last", "1", SAMPLE).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
