// One flow in full, beside the list it was chosen from.

let openedFrom = null, shownFlow = "";

function stats(flow) {
  const list = [
    ["Protocol", flow.protocol], ["Category", flow.category.replace(/-/g, " ")],
    ["There", plural(flow.forward.packets, "packet") + ", " + octets(flow.forward.octets)],
    ["Back", plural(flow.reverse.packets, "packet") + ", " + octets(flow.reverse.octets)],
    ["Began", flow.start.slice(11, 23) + " UTC"], ["Lasted", duration(nanosBetween(flow.start, flow.end))],
    ["Community ID", flow.communityId],
  ];
  if (flow.dropReason) list.push(["Drop reason", flow.dropReason]);
  if (flow.tcp) {
    if (flow.tcp.handshakeNanos !== null) list.push(["Handshake", duration(flow.tcp.handshakeNanos)]);
    list.push(["Sent again", plural(flow.tcp.retransmissions, "segment")]);
    if (flow.tcp.reset) list.push(["Ended", "by a reset"]);
  }
  return el("dl", { class: "stats" }, list.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value))));
}

function who(party) {
  const name = party.service || party.pod;
  return name ? name + " " + address(party) : address(party) + (party.node ? " on " + party.node : "");
}

function questions(flow) {
  if (!flow.dns || !flow.dns.questions.length) return null;
  return el("section", { class: "panel" }, el("h3", {}, "DNS"), el("ul", {}, flow.dns.questions.slice(0, 50).map(question => el("li", {},
    el("code", {}, (question.type || "?") + " " + (question.name || "unknown name")), " ",
    question.responseCode || "no answer", question.responseNanos === undefined ? "" : " after " + duration(question.responseNanos),
    question.attempts > 1 ? ", asked " + question.attempts + " times" : ""))));
}

function findingLinks(flow) {
  return flow.findings.map(id => report.findings.get(id)).filter(Boolean).map(finding =>
    el("button", { type: "button", class: "chip " + finding.severity, onclick: () => { closeFlow(); showFinding(finding.id); } }, el("span", { class: "severity" }, finding.severity), finding.rule));
}

async function packetSection(flow, wanted) {
  const extra = report.view.flows[flow.id] || {};
  const section = el("section", { class: "panel" }, el("h3", {}, "Packets"));
  const packets = await packetsOf(flow.id);
  if (!packets.length) {
    section.append(el("p", { class: "muted" }, "Packets are shown for flows with findings and for the largest. Elsewhere: hopline packets --flow " + flow.id + " with the same inputs."));
    return section;
  }
  const detail = el("div", { class: "evidence", "aria-live": "polite" });
  const drawn = ladder(flow, packets, packet => {
    const chosen = wanted ? packet.stages.findIndex(stage => stage.file === wanted.file && stage.record === wanted.record) : 0;
    detail.replaceChildren(el("h4", {}, packet.summary || packet.protocol, el("small", { class: "muted" }, "  " + packet.time)), evidence(packet.stages, Math.max(0, chosen)));
  }, byId("flow").clientWidth - 84);
  section.append(el("p", { class: "muted" }, "Each row is a packet, each dot a capture point that saw it; choose one to see its headers." +
    (extra.omitted ? " " + plural(extra.omitted, "further packet") + " between the first and the last left out." : "")), drawn.element,
    el("p", { class: "ladder-key" }, ["○ seen", "● addresses changed here", "▬ inside a tunnel", "✕ not seen again"].map(word => el("span", {}, word))), detail);
  const at = wanted ? packets.findIndex(packet => packet.stages.some(stage => stage.file === wanted.file && stage.record === wanted.record)) : 0;
  drawn.choose(Math.max(0, at));
  return section;
}

async function showFlow(id, wanted) {
  const flow = report.flows.get(id);
  const dialog = byId("flow");
  if (!flow) return;
  if (!dialog.open) openedFrom = document.activeElement;
  shownFlow = id;
  const step = by => () => {
    const next = neighbour(id, by);
    if (next) showFlow(next);
  };
  const body = el("div", { class: "flow-body" },
    el("section", { class: "panel" }, stats(flow)),
    el("section", { class: "panel" }, el("h3", {}, "The way, hop by hop"), waysOf(flow)),
    questions(flow));
  dialog.replaceChildren(el("div", { class: "flow-head" },
    el("div", {}, el("h2", { id: "flow-title", tabindex: "-1" }, flow.id + "  " + who(flow.initiator) + " → " + who(flow.target)),
      el("div", { class: "chips" }, verdict(flow.verdict), address(flow.responder) !== address(flow.target) ? el("span", { class: "muted" }, "reached " + who(flow.responder)) : null, findingLinks(flow))),
    el("div", { class: "keys" },
      el("button", { type: "button", class: "quiet", onclick: step(-1), title: "Previous flow in the list", "aria-label": "Previous flow" }, "↑"),
      el("button", { type: "button", class: "quiet", onclick: step(1), title: "Next flow in the list", "aria-label": "Next flow" }, "↓"),
      el("button", { type: "button", class: "quiet close", onclick: closeFlow }, "Close"))), body);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  byId("flow-title").focus();
  history.replaceState(null, "", "#" + id);
  const packets = await packetSection(flow, wanted);
  if (shownFlow === id) body.append(packets);
  if (wanted) packets.scrollIntoView();
}

function closeFlow() {
  byId("flow").close();
}

// A dialog over the page is printed as far as the first sheet goes; on paper it stands in the page's place.
function laidOut(onPaper) {
  const dialog = byId("flow");
  if (!dialog.open) return;
  dialog.close();
  if (onPaper) dialog.show(); else dialog.showModal();
  document.documentElement.classList.toggle("flow-on-paper", onPaper);
}

function whenFlowCloses() {
  if (byId("flow").open) return; // it was only laid out anew
  shownFlow = "";
  history.replaceState(null, "", "#flows");
  if (openedFrom && openedFrom.isConnected) openedFrom.focus();
}
