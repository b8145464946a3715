package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The report as a person uses it, in a real browser. Skipped where there is no Chromium.
class BrowserTest {

    private static final String READY = "document.documentElement.dataset.ready";
    private static final String ENTER = "\uE007";
    private static final String ESCAPE = "\uE00C";
    private static final String DOWN = "\uE015";

    @TempDir
    static Path folder;

    private static @Nullable Browser browser;

    @BeforeAll
    static void start() throws IOException {
        Optional<Browser> found = Browser.start(folder.resolve("profile"));
        assumeTrue(found.isPresent(), "chromium and chromedriver are not installed");
        browser = found.get();
        report("service-wrong-backend");
        report("packet-dropped");
        report("policy-blocked");
        report("mtu-exceeded");
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private static void report(String name) {
        Session.of(
                "report",
                SampleCaptures.folder(name).toString(),
                "-o",
                folder.resolve(name + ".html").toString());
    }

    private static void open(String name, int width) throws IOException {
        browser.width(width);
        browser.open(folder.resolve(name + ".html"), READY);
    }

    private static String text(String script) throws IOException {
        return browser.run("return " + script).asText();
    }

    @ParameterizedTest
    @ValueSource(ints = {380, 820, 1360})
    void aReaderGetsFromTheVerdictToAnOctet(int width) throws IOException {
        open("service-wrong-backend", width);
        assertThat(text("document.querySelector('h1').textContent")).isEqualTo("1 error in 14 flows.");
        assertThat(text("document.querySelector('.finding.error .here').closest('.hop').querySelector('.point')"
                        + ".firstChild.textContent"))
                .isEqualTo("cni0");
        browser.run("[...document.querySelectorAll('.finding .chip')].find(chip => chip.textContent === 'f5').click()");
        browser.await("document.querySelector('dialog[open] .ladder')");
        assertThat(text("document.querySelectorAll('.ladder [role=button]').length"))
                .isEqualTo("4");
        assertThat(text("document.querySelector('.terminal.bad').textContent")).contains("not seen again");
        browser.run("document.querySelectorAll('.tabs [role=tab]')[1].click()");
        assertThat(text("[...document.querySelectorAll('.layer .differs dd')].map(d => d.textContent).join(' ')"))
                .contains("10.42.2.29", "8080");
        browser.run("document.querySelectorAll('.layer')[1].focus()");
        assertThat(text("[...document.querySelectorAll('.hex .lit')].map(s => s.textContent).join('').trim()"))
                .startsWith("45 00");
        assertThat(text("document.documentElement.scrollWidth <= innerWidth")).isEqualTo("true");
        assertThat(text("document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth"))
                .isEqualTo("0");
        assertThat(browser.complaints()).isEmpty();
    }

    /// A page that was made before anybody thought of giving it away.
    @Test
    void aRedactedPageStillShowsEverythingButTheOctets() throws IOException {
        Path page = folder.resolve("policy-blocked.html");
        Path redacted = folder.resolve("redacted.html");
        assertThat(Session.of("redact", "--key", "a phrase", page.toString(), redacted.toString())
                        .exitCode())
                .isEqualTo(ExitCode.CLEAN);

        open("redacted", 1360);

        assertThat(text("document.querySelectorAll('.finding').length")).isNotEqualTo("0");
        browser.run("document.querySelector('.finding .chip').click()");
        browser.await("document.querySelector('dialog[open] .ladder')");
        assertThat(text("document.querySelector('dialog').textContent"))
                .contains("The octets were left out when this page was redacted", "The way there")
                .doesNotContain("10.244.", "billing", "vault", "win-a");
        assertThat(browser.complaints()).isEmpty();
    }

    /// What was captured, and beside it what the nodes' state says of it, with the rule and its line.
    @Test
    void theExpectedWayStandsBesideTheObservedOne() throws IOException {
        Path sample = SampleCaptures.folder("service-wrong-backend");
        Session.of(
                "report",
                sample.toString(),
                "--state",
                sample.resolve("state").toString(),
                "-o",
                folder.resolve("expected.html").toString());

        open("expected", 1360);
        assertThat(text("[...document.querySelectorAll('.finding.error dt')].find(dt => dt.textContent === 'State')"
                        + ".nextSibling.textContent"))
                .contains("programmed so", "nft.json:23");
        browser.run("[...document.querySelectorAll('.finding .chip')].find(chip => chip.textContent === 'f5').click()");
        browser.await("document.querySelector('dialog[open] .ladder')");

        assertThat(text("document.querySelectorAll('.expected').length")).isNotEqualTo("0");
        assertThat(text("document.querySelector('.expected').textContent"))
                .contains("Expected by the state", "dnat 10.43.80.15:80 → 10.42.2.29:8080", "nft.json:");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theListIsFilteredSortedAndLeftByKeyboard() throws IOException {
        open("service-wrong-backend", 1360);
        browser.run("const text = document.querySelector('[data-filter=text]'); text.value = 'mistranslated 8080';"
                + " text.dispatchEvent(new Event('input'))");
        assertThat(text("document.getElementById('shown-count').textContent")).isEqualTo("2 of 14 flows");
        browser.run("document.getElementById('clear').click()");
        assertThat(text("document.querySelector('[data-filter=finding]').options[1].textContent"))
                .isEqualTo("n1 service-wrong-backend (2)");
        assertThat(text("document.querySelector('.finding .sub').textContent"))
                .startsWith("n1 · service-wrong-backend");
        browser.run("const pod = document.querySelector('[data-filter=pod]'); pod.value = 'shop/worker';"
                + " pod.dispatchEvent(new Event('change'))");
        String shown = text("document.getElementById('shown-count').textContent");
        assertThat(shown).matches("[1-9] of 14 flows");
        browser.run("document.querySelectorAll('.head button')[0].click()");
        assertThat(text("document.querySelectorAll('[role=columnheader]')[0].getAttribute('aria-sort')"))
                .isEqualTo("ascending");
        browser.run("document.querySelector('.rows .row').focus()");
        browser.press(DOWN);
        String id = text("document.activeElement.querySelector('.id').textContent");
        browser.press(ENTER);
        browser.await("document.querySelector('dialog[open]')");
        assertThat(text("document.getElementById('flow-title').textContent")).startsWith(id + " ");
        browser.press(ESCAPE);
        browser.await("!document.querySelector('dialog[open]')");
        assertThat(text("document.activeElement.querySelector('.id').textContent"))
                .isEqualTo(id);
    }

    @Test
    void thePlaceOfADropAndTheReasonAreSeen() throws IOException {
        open("packet-dropped", 820);
        assertThat(text("document.querySelector('.finding.error .way').textContent"))
                .contains("client (VmsVmNic 31)", "vNIC", "VFP", "dropped: No Unicast destination ports available");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {380, 1360})
    void lightAndDarkAreReadableInTextAndDrawings(int width) throws IOException {
        open("service-wrong-backend", width);
        for (int i = 0; i < 2; i++) {
            browser.run("document.getElementById('theme').click()");
            assertThat(browser.run(CONTRAST).toString()).isEqualTo("[]");
        }
        browser.run("document.querySelector('.rows .row').click()");
        browser.await("document.querySelector('dialog[open] .ladder')");
        for (int i = 0; i < 2; i++) {
            browser.run("document.getElementById('theme').click()");
            assertThat(browser.run(CONTRAST).toString()).isEqualTo("[]");
        }
    }

    /// A connection whose large segments are lost, while others get through both ways.
    @ParameterizedTest
    @ValueSource(ints = {380, 1360})
    void aFlowOfWhichSomePacketsArriveSaysSoInItsRowAndItsWays(int width) throws IOException {
        open("mtu-exceeded", width);
        assertThat(text("document.querySelector('.rows .row .verdict-cell').textContent"))
                .isEqualTo("vanished");
        assertThat(text("document.querySelector('.rows .row .found .error').checkVisibility()"))
                .isEqualTo("true");
        browser.run("document.querySelector('.rows .row').click()");
        browser.await("document.querySelector('dialog[open] .ladder')");
        assertThat(text("[...document.querySelectorAll('dialog .ways > :not(.expected)')].map(way =>"
                        + " way.querySelector('.way-title').textContent + ': '"
                        + " + way.querySelector('.terminal span + span').firstChild.textContent).join('; ')"))
                .isEqualTo("The way there 4 of 9 packets: arrived where its destination lives;"
                        + " There, and lost 5 of 9 packets: not seen again;"
                        + " The way back 3 packets: arrived where its destination lives");
        assertThat(text("document.documentElement.scrollWidth <= innerWidth")).isEqualTo("true");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void rulesAndEventsOfTheNodeAreSeen() throws IOException {
        open("policy-blocked", 1360);
        assertThat(text("document.querySelectorAll('.meanwhile')[0].firstChild.textContent"))
                .startsWith("load balancer 10.96.0.70 removed 400 ms before");
        assertThat(text("document.querySelector('.chart .wide svg').textContent"))
                .contains("changed", "refused", "win-a: load balancer 10.96.0.70 removed");
        browser.run("[...document.querySelectorAll('.rows .row')].find(row =>"
                + " row.querySelector('.id').textContent === 'f1').click()");
        browser.await("document.querySelector('dialog[open] .way .by')");
        assertThat(text("[...document.querySelectorAll('dialog .by')].map(by => by.textContent).join('; ')"))
                .contains("by rule LB_DSR_9d1c4_10.20.0.11_10.96.0.50_80_8080_6 of layer LB_DSR")
                .contains("by rule DECAP_4096 of layer SLB_DECAP_LAYER_STATEFUL");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void rowsComeAndGoWhileTheListIsScrolled() throws IOException {
        open("service-wrong-backend", 380);
        browser.run(
                "const grid = document.querySelector('.grid'); grid.style.maxHeight = '200px'; grid.scrollTop = 900");
        browser.await("!document.querySelector('.row[data-at=\"0\"]')");
        browser.run("document.querySelector('.grid').scrollTop = 0");
        browser.await("document.querySelector('.row[data-at=\"0\"]')");
        assertThat(text("[...document.querySelectorAll('.rows .row')].map(row => row.dataset.at).join(' ')"))
                .startsWith("0 1 2 3")
                .doesNotContain("13");
    }

    @Test
    void noNameFromAListRunsOrBuildsAnything() throws IOException {
        for (String payload : HostileCapture.PAYLOADS) {
            Path lists = HostileLists.write(folder.resolve("lists"), payload);
            Session.of(
                    "report",
                    lists.toString(),
                    "-o",
                    folder.resolve("hostile-lists.html").toString());
            open("hostile-lists", 1360);
            browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
            browser.run("[...document.querySelectorAll('.rows .row')].find(row =>"
                    + " row.querySelector('.id').textContent === 'f5').click()");
            browser.await("document.querySelector('dialog[open] .ladder')");
            assertThat(text("typeof window.hostile")).as(payload).isEqualTo("undefined");
            assertThat(text("document.getElementById('flow-title').textContent"))
                    .as(payload)
                    .contains("shop/" + HostileLists.shown(payload));
            assertThat(text("document.querySelectorAll('img, iframe, b, [onerror], [onload], [onmouseover]').length"))
                    .as(payload)
                    .isEqualTo("0");
            assertThat(browser.complaints()).as(payload).isEmpty();
        }
    }

    /// Texts that stand out less than 4.5 to 1 from what is behind them (WCAG 2.2, 1.4.3), hidden ones left out.
    private static final String CONTRAST =
            """
            const parse = c => { const n = (c.match(/[\\d.]+/g) || []).map(Number);
              if (c.startsWith('color(')) return [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1];
              return [n[0], n[1], n[2], n[3] ?? 1]; };
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
              .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
              if (c[3] > 0.5) return c; } return [255, 255, 255, 1]; };
            const bad = [];
            for (const e of document.querySelectorAll('body *')) {
              if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
              if (e.closest('script, noscript')) continue;
              const style = getComputedStyle(e), drawn = e.closest('svg');
              const a = light(parse(drawn ? style.fill : style.color)), b = light(ground(e));
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              if (ratio < 4.5) bad.push(e.className + ' ' + e.textContent.slice(0, 30) + ' ' + ratio.toFixed(2));
            }
            return bad;
            """;

    @Test
    void noNameFromAPacketRunsOrBuildsAnything() throws IOException {
        Path capture = folder.resolve("hostile.pcap");
        Files.write(capture, HostileCapture.pcap());
        for (String payload : HostileCapture.PAYLOADS) {
            String node = payload.replace("=", "\uFF1D"); // the option itself is split at the first one
            Session.of(
                    "report",
                    "--node",
                    node + "=" + capture,
                    capture.toString(),
                    "-o",
                    folder.resolve("hostile.html").toString());
            open("hostile", 1360);
            browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
            browser.run("document.querySelector('.rows .row').click()");
            browser.await("document.querySelector('dialog[open] .ladder')");
            browser.run(
                    "document.querySelectorAll('dialog .layer, dialog button').forEach(e => {"
                            + " e.dispatchEvent(new MouseEvent('mouseenter')); e.dispatchEvent(new MouseEvent('mouseover')); })");
            assertThat(text("typeof window.hostile")).as(payload).isEqualTo("undefined");
            assertThat(text("document.querySelectorAll('img, iframe, b, [onerror], [onload], [onmouseover]').length"))
                    .as(payload)
                    .isEqualTo("0");
            assertThat(browser.complaints()).as(payload).isEmpty();
        }
    }
}
