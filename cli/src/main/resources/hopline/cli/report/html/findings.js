// The findings, the most serious first; each says what, where, and what to do, and shows the way of a packet.

const OPEN_AT_FIRST = 3, SHOWN_AT_FIRST = 40;

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

function pair(label, ...value) {
  return [el("dt", {}, label), el("dd", {}, value)];
}

function flowChips(finding) {
  const shown = finding.flows.filter(id => report.flows.has(id)).slice(0, 12);
  const chips = shown.map(id => el("button", { type: "button", class: "chip", onclick: () => showFlow(id), "aria-label": "Show flow " + id }, id));
  const all = finding.flowCount > shown.length && report.flows.size ? el("button", { type: "button", class: "chip", onclick: () => filterBy({ finding: finding.id }) }, "all " + number(finding.flowCount)) : null;
  return el("div", { class: "chips" }, chips, all);
}

function recordChips(finding) {
  const way = (report.view.findings[finding.id] || {}).way;
  return el("div", { class: "chips" }, finding.evidence.slice(0, 8).map(record =>
    el("button", { type: "button", class: "chip mono", onclick: event => showRecord(finding, way && way.flow, record, event.target) }, record.file + " #" + record.record)));
}

// Opens the flow at that record; a record of no flow is shown in the finding itself.
async function showRecord(finding, flow, record, from) {
  const same = stage => stage.file === record.file && stage.record === record.record;
  for (const id of [flow, ...finding.flows].filter(Boolean).slice(0, 20)) {
    const packets = await packetsOf(id);
    if (packets.some(packet => packet.stages.some(same))) {
      showFlow(id, record);
      return;
    }
  }
  const loose = (await lines("records")).filter(same);
  const box = from.closest("details").querySelector(".loose");
  box.replaceChildren(loose.length ? evidence(loose) : el("p", { class: "muted" }, "This record is not among those kept in the page: hopline packets -x shows it."));
}

function explanation(rule) {
  const page = report.view.rules[rule];
  return page ? el("details", { class: "explain" }, el("summary", {}, "What " + rule + " means and how it is found"), el("pre", {}, page)) : null;
}

function findingWay(finding) {
  const way = (report.view.findings[finding.id] || {}).way;
  if (!way) return null;
  const flow = report.flows.get(way.flow);
  const title = flow ? who(flow.initiator) + " → " + who(flow.target) : way.flow;
  return el("div", {}, wayWithTitle(title, (flow ? flow.protocol + ", " : "") + way.flow + (way.direction === "reverse" ? ", the answer" : ""), way));
}

// What the node's system logged when the finding began.
function meanwhile(finding) {
  const events = (report.view.findings[finding.id] || {}).meanwhile;
  return events ? pair("Meanwhile", el("ul", { class: "meanwhile" }, events.map(event => el("li", {}, event)))) : null;
}

function findingBody(finding) {
  const way = findingWay(finding);
  const facts = el("div", {},
    el("div", { class: "advice" }, el("strong", {}, "What to do"), el("p", {}, finding.advice)),
    el("dl", { class: "pairs" },
      pair("Expected", el("span", { class: "versus" }, finding.expected)),
      pair("Found", el("span", { class: finding.severity === "note" ? "versus" : "versus bad" }, finding.actual)),
      finding.state ? pair("State", finding.state.text) : null,
      finding.flowCount ? pair("Flows", flowChips(finding)) : null,
      finding.effects.length ? pair("Leads to", finding.effects.map(effect => effect.rule + " ×" + effect.count).join(", ")) : null,
      meanwhile(finding),
      finding.evidence.length ? pair("Records", recordChips(finding)) : null,
      finding.displayFilter ? pair("Wireshark", el("div", { class: "copy" }, el("code", {}, finding.displayFilter), copyButton(finding.displayFilter))) : null,
      pair("Rule", finding.rule + ", " + finding.confidence + (finding.reference ? ", " + finding.reference : ""))),
    el("div", { class: "loose" }),
    explanation(finding.rule));
  return el("div", { class: way ? "body" : "body plain" }, way, facts);
}

function findingCard(finding, open) {
  const card = el("details", { class: "finding " + finding.severity, id: "finding-" + finding.id },
    el("summary", {}, el("span", { class: "severity" }, finding.severity),
      el("div", {}, el("h3", {}, sentence(finding.title)), el("p", { class: "sub" }, finding.id + " · " + finding.rule + " · " + (report.view.findings[finding.id] || {}).where +
        (finding.flowCount ? " · " + plural(finding.flowCount, "flow") : "") + (finding.packets ? " · " + plural(finding.packets, "packet") : "") + (finding.records ? " · " + plural(finding.records, "record") : "")))));
  const grow = () => {
    if (card.open && card.children.length === 1) card.append(findingBody(finding));
  };
  card.addEventListener("toggle", grow);
  card.grow = grow;
  card.open = open;
  grow();
  return card;
}

function drawFindings() {
  const list = byId("finding-list");
  const findings = report.analysis.findings;
  if (!findings.length) {
    list.append(el("p", { class: "panel muted" }, "Nothing was found."));
    return;
  }
  let shown = 0;
  const more = el("button", { type: "button", class: "quiet more", onclick: () => grow(200) });
  const grow = count => {
    const cards = findings.slice(shown, shown + count).map((finding, i) => findingCard(finding, shown + i < OPEN_AT_FIRST && (finding.severity !== "note")));
    shown += cards.length;
    more.remove();
    list.append(...cards);
    if (shown < findings.length) {
      more.textContent = "Show more of " + plural(findings.length - shown, "further finding");
      list.append(more);
    }
  };
  grow(SHOWN_AT_FIRST);
  drawFindings.reach = id => {
    while (!byId("finding-" + id) && shown < findings.length) grow(200);
  };
}

function showFinding(id) {
  drawFindings.reach(id);
  const card = byId("finding-" + id);
  if (!card) return;
  card.open = true;
  card.scrollIntoView();
  card.querySelector("summary").focus();
}
