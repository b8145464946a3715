// The list of flows: filtered and sorted in memory, and only the rows in sight are elements.

const AHEAD = 8, PRINTED = 300;

const COLUMNS = [
  ["id", "Flow", flow => Number(flow.id.slice(1))], ["verdict-cell", "Verdict", flow => flow.verdict],
  ["protocol", "Protocol", flow => flow.protocol], ["from", "From", flow => who(flow.initiator)], ["to", "To", flow => who(flow.target)],
  ["category", "Category", flow => flow.category], ["packets number", "Packets", flow => flow.forward.packets + flow.reverse.packets],
  ["octets number", "Octets", flow => flow.forward.octets + flow.reverse.octets], ["duration number", "Lasted", flow => flow.nanos], ["found number", "Findings", flow => flow.findings.length],
];

const table = { all: [], shown: [], filter: {}, sort: -1, descending: false, rows: null, grid: null, focus: 0 };

function cells(flow) {
  const end = party => [nameOf(party) || address(party), nameOf(party) ? el("small", {}, address(party)) : null];
  const target = flow.target.service && flow.responder.pod ? el("small", {}, address(flow.target) + " ⇢ " + flow.responder.pod) : null;
  return [
    el("span", { role: "cell", class: "id" }, flow.id), el("span", { role: "cell", class: "verdict-cell" }, verdict(flow.verdict)),
    el("span", { role: "cell", class: "protocol" }, flow.protocol), el("span", { role: "cell", class: "from end" }, end(flow.initiator)),
    el("span", { role: "cell", class: "to end" }, target ? [nameOf(flow.target), target] : end(flow.target)),
    el("span", { role: "cell", class: "category" }, flow.category.replace(/-/g, " ")),
    el("span", { role: "cell", class: "packets number" }, number(flow.forward.packets) + " → " + number(flow.reverse.packets) + " ←"),
    el("span", { role: "cell", class: "octets number" }, octets(flow.forward.octets + flow.reverse.octets)),
    el("span", { role: "cell", class: "duration number" }, duration(flow.nanos)),
    el("span", { role: "cell", class: "found number" }, found(flow)),
  ];
}

// How many findings name a flow, with the sign of the gravest: a flow that is delivered may have lost packets.
function found(flow) {
  const findings = flow.findings.map(id => report.findings.get(id)).filter(Boolean);
  const gravest = ["error", "warning", "note"].find(severity => findings.some(finding => finding.severity === severity));
  const rules = findings.map(finding => finding.rule).join(", ");
  return gravest ? el("span", { class: gravest }, el("span", { class: "severity", role: "img", title: rules, "aria-label": gravest + ": " + rules }, findings.length)) : null;
}

const rowHeight = () => matchMedia("(max-width: 700px)").matches ? 92 : 46;

function rowOf(flow, at, height) {
  const row = el("div", { class: "row", role: "row", "aria-rowindex": at + 2, tabindex: at === table.focus ? "0" : "-1", "data-at": at, onclick: () => { table.focus = at; showFlow(flow.id); } }, cells(flow));
  row.style.top = at * height + "px";
  return row;
}

// Draws the rows in sight anew, or while scrolling only those that come into it.
function draw({ all = false, fresh = true } = {}) {
  const height = rowHeight();
  table.rows.style.height = table.shown.length * height + "px";
  const from = all ? 0 : Math.max(0, Math.floor(table.grid.scrollTop / height) - AHEAD);
  const to = all ? Math.min(table.shown.length, PRINTED) : Math.min(table.shown.length, Math.ceil((table.grid.scrollTop + table.grid.clientHeight) / height) + AHEAD);
  const focused = table.rows.contains(document.activeElement);
  const known = new Map([...table.rows.children].map(row => [Number(row.dataset.at), row]));
  for (const [at, row] of known) if (fresh || at < from || at >= to) row.remove();
  const first = fresh ? from : Math.min(...known.keys());
  const above = document.createDocumentFragment(), below = document.createDocumentFragment();
  for (let at = from; at < to; at++) if (fresh || !known.has(at)) (at < first ? above : below).append(rowOf(table.shown[at], at, height));
  table.rows.prepend(above);
  table.rows.append(below);
  if (focused) rowAt(table.focus)?.focus({ preventScroll: true });
}

const rowAt = at => table.rows.querySelector(`[data-at="${at}"]`);

function move(event) {
  const page = Math.max(1, Math.floor(table.grid.clientHeight / rowHeight()) - 1);
  const last = table.shown.length - 1;
  const to = { ArrowDown: table.focus + 1, ArrowUp: table.focus - 1, PageDown: table.focus + page, PageUp: table.focus - page, Home: 0, End: last }[event.key];
  if (event.key === "Enter" && table.shown[table.focus] && table.rows.contains(document.activeElement)) showFlow(table.shown[table.focus].id);
  if (to === undefined || !table.rows.contains(document.activeElement)) return;
  event.preventDefault();
  table.focus = Math.max(0, Math.min(last, to));
  const height = rowHeight(), top = table.focus * height, head = 40;
  if (top < table.grid.scrollTop) table.grid.scrollTop = top;
  if (top + height + head > table.grid.scrollTop + table.grid.clientHeight) table.grid.scrollTop = top + height + head - table.grid.clientHeight;
  draw();
  rowAt(table.focus)?.focus({ preventScroll: true });
}

function words4(flow) {
  const names = parties(flow).flatMap(party => [address(party), party.pod, party.service, party.node]);
  const asked = flow.dns ? flow.dns.questions.map(question => question.name) : [];
  const hops = flow.path.forward.concat(flow.path.reverse).flatMap(hop => [hop.source, hop.destination, hop.point]);
  return [flow.id, flow.protocol, flow.verdict, flow.category, flow.dropReason, flow.communityId, ...names, ...asked, ...hops].filter(Boolean).join(" ").toLowerCase();
}

const MATCHES = {
  text: (flow, value) => value.toLowerCase().split(/\s+/).every(word => (flow.text ??= words4(flow)).includes(word)),
  verdict: (flow, value) => flow.verdict === value, category: (flow, value) => flow.category === value,
  protocol: (flow, value) => flow.protocol === value,
  pod: (flow, value) => parties(flow).some(party => party.pod === value),
  service: (flow, value) => parties(flow).some(party => party.service === value),
  node: (flow, value) => parties(flow).some(party => party.node === value) || flow.path.forward.concat(flow.path.reverse).some(hop => hop.node === value),
  finding: (flow, value) => flow.findings.includes(value),
};

function apply() {
  const asked = Object.entries(table.filter).filter(([, value]) => value);
  table.shown = table.all.filter(flow => asked.every(([name, value]) => MATCHES[name](flow, value)));
  if (table.sort >= 0) {
    const value = COLUMNS[table.sort][2], sign = table.descending ? -1 : 1;
    table.shown.sort((a, b) => {
      const x = value(a), y = value(b);
      return sign * (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "en"));
    });
  }
  table.focus = 0;
  table.grid.scrollTop = 0;
  table.grid.setAttribute("aria-rowcount", table.shown.length + 1);
  const omitted = report.analysis.flowsOmitted ? "; " + number(report.analysis.flowsOmitted) + " small ones without findings are not in this page" : "";
  byId("shown-count").textContent = number(table.shown.length) + " of " + plural(table.all.length, "flow") + omitted;
  byId("clear").hidden = !asked.length;
  byId("printed").textContent = table.shown.length > PRINTED ? "The first " + PRINTED + " of them are printed; filters choose others." : "";
  byId("no-flow").hidden = table.shown.length > 0;
  draw();
}

function filterBy(filter) {
  table.filter = filter;
  document.querySelectorAll("#flow-list [data-filter]").forEach(input => { input.value = filter[input.dataset.filter] || ""; });
  apply();
  byId("flows").scrollIntoView();
}

function chooser(name, label, values, caption = value => value) {
  const counts = new Map();
  values.forEach(value => { if (value) counts.set(value, (counts.get(value) || 0) + 1); });
  if (!counts.size) return null;
  const options = [...counts].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).slice(0, 1000).map(([value, count]) => el("option", { value }, caption(value) + " (" + number(count) + ")"));
  return el("label", {}, label, el("select", { "data-filter": name, onchange: event => { table.filter[name] = event.target.value; apply(); } }, el("option", { value: "" }, "any"), options));
}

function filters() {
  const each = pick => table.all.flatMap(flow => [...new Set(pick(flow))]);
  return el("div", { class: "filters", role: "search", "aria-label": "Filter the flows" },
    el("label", { class: "text" }, "Text", el("input", { type: "search", "data-filter": "text", placeholder: "pod, address, port, DNS name …", oninput: event => { table.filter.text = event.target.value.trim(); apply(); } })),
    chooser("verdict", "Verdict", each(flow => [flow.verdict])), chooser("pod", "Pod", each(flow => parties(flow).map(party => party.pod))),
    chooser("service", "Service", each(flow => parties(flow).map(party => party.service))), chooser("node", "Node", each(flow => parties(flow).map(party => party.node).concat(flow.path.forward.concat(flow.path.reverse).map(hop => hop.node)))),
    chooser("category", "Category", each(flow => [flow.category]), category => category.replace(/-/g, " ")), chooser("protocol", "Protocol", each(flow => [flow.protocol])),
    chooser("finding", "Finding", each(flow => flow.findings), id => id + " " + (report.findings.get(id)?.rule || "")));
}

function sortBy(column) {
  table.descending = table.sort === column ? !table.descending : /number/.test(COLUMNS[column][0]);
  table.sort = column;
  [...table.grid.querySelectorAll("[role=columnheader]")].forEach((head, i) => i === column ? head.setAttribute("aria-sort", table.descending ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
  apply();
}

function drawTable() {
  table.all = [...report.analysis.flows].sort((a, b) => weight(b) - weight(a));
  table.all.forEach(flow => { flow.nanos = nanosBetween(flow.start, flow.end); });
  table.rows = el("div", { class: "rows", role: "rowgroup" });
  table.grid = el("div", { class: "grid", role: "table", "aria-label": "Flows" },
    el("div", { class: "row head", role: "row" }, COLUMNS.map(([name, label], i) => el("span", { role: "columnheader", class: name }, el("button", { type: "button", onclick: () => sortBy(i) }, label)))), table.rows);
  byId("flow-list").append(el("div", { class: "panel table" }, filters(),
    el("div", { class: "count" }, el("span", { id: "shown-count", "aria-live": "polite" }), el("button", { type: "button", class: "quiet", id: "clear", hidden: true, onclick: () => filterBy({}) }, "Clear filters")),
    table.grid, el("p", { id: "printed", class: "print-only empty" }), el("p", { id: "no-flow", class: "empty", hidden: true }, "No flow matches.")));
  let asked = false;
  table.grid.addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw({ fresh: false });
    });
  });
  table.grid.addEventListener("keydown", move);
  addEventListener("resize", () => draw());
  apply();
}

// What errors and warnings name comes first; the rest stays in its order.
function weight(flow) {
  return Math.max(0, ...flow.findings.map(id => ({ error: 2, warning: 1 })[report.findings.get(id)?.severity] || 0));
}

// The flow before or after that one in the list as it is shown.
function neighbour(id, by) {
  const at = table.shown.findIndex(flow => flow.id === id);
  const next = at < 0 ? undefined : table.shown[at + by];
  if (next) table.focus = at + by;
  return next && next.id;
}
