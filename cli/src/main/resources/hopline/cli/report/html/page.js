// Puts everything in its place.

function drawRead() {
  const { basis } = report.view;
  const texts = label => basis.filter(fact => fact.label === label && !fact.warning).map(fact => fact.text);
  const told = (label, class_, values) => values.length ? el("p", { class: class_ }, el("strong", {}, label + " "), values.join("; ") + ".") : null;
  byId("read").append(el("p", {}, texts("Read").slice(0, 1).map(sentence)));
  fill(byId("read"), {}, [told("Proves", "", texts("Proves")), told("Cannot prove", "gap", texts("Unproven")), told("Limits", "gap", texts("Limits")),
    told("Trouble reading", "gap", basis.filter(fact => fact.warning).map(fact => fact.text))]);
  const list = el("dl", {});
  let before = "";
  basis.forEach(fact => {
    if (fact.label !== before) list.append(el("dt", {}, fact.label));
    list.append(el("dd", { class: fact.warning ? "warn" : null }, fact.warning ? "! " : "", fact.text));
    before = fact.label;
  });
  byId("basis-list").append(list);
}

function drawVerdicts() {
  const counts = Object.entries(report.view.verdicts).sort((a, b) => b[1] - a[1]);
  if (!counts.length) return;
  const bar = el("div", { class: "share", "aria-hidden": "true" }, counts.map(([label, count]) => {
    const part = el("span", { class: label });
    part.style.flexGrow = count;
    return part;
  }));
  byId("verdicts").append(bar, el("div", { class: "legend" }, counts.map(([label, count]) =>
    el("button", { type: "button", onclick: () => filterBy({ verdict: label }), title: "Show these flows" }, verdict(label), " ", number(count)))));
}

function theme() {
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  let chosen = null;
  try { chosen = localStorage.getItem("hopline-theme"); } catch { /* a page from a disk may have no storage */ }
  const show = () => { root.dataset.theme = chosen || (preferred.matches ? "dark" : "light"); };
  preferred.addEventListener("change", show);
  byId("theme").addEventListener("click", () => {
    chosen = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("hopline-theme", chosen); } catch { /* it holds until the page is left */ }
    show();
  });
  show();
}

async function save() {
  const blob = new Blob([await unpack("analysis")], { type: "application/json" });
  const link = el("a", { href: URL.createObjectURL(blob), download: "analysis.json" });
  link.click();
  URL.revokeObjectURL(link.href);
}

function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (report.flows.has(id)) showFlow(id);
  else if (report.findings.has(id)) showFinding(id);
}

function beforePrint() {
  document.querySelectorAll("details.finding").forEach(card => {
    card.open = true;
    card.grow();
  });
  draw({ all: true });
  laidOut(true);
}

function afterPrint() {
  laidOut(false);
  draw();
}

async function begin() {
  theme();
  if (!("DecompressionStream" in window)) throw new Error("this browser is too old to unpack the page's data; one from 2023 or later can");
  await load();
  drawRead();
  drawVerdicts();
  drawFindings();
  drawTable();
  byId("flow").addEventListener("close", whenFlowCloses);
  byId("save").addEventListener("click", save);
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  follow();
  document.documentElement.dataset.ready = "true";
}

begin().catch(error => {
  byId("trouble").hidden = false;
  byId("trouble").textContent = "The page could not be drawn: " + error.message;
});
