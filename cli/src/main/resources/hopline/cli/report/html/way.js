// The way of a packet, drawn hop by hop as a line through the nodes.

const MAX_HOPS = 24;

const KINDS = {
  dnat: ["destination translated", "destination"], snat: ["source translated", "source"],
  undnat: ["source restored", "source"], unsnat: ["destination restored", "destination"],
  mac: ["MAC addresses rewritten", "mac"], ttl: ["time to live", "ttl"], vlan: ["VLAN", "vlan"],
};

const tunnelName = outer => outer.protocol + (outer.vni !== undefined ? " " + outer.vni : outer.key !== undefined ? " " + outer.key : "");

const sameTunnel = (a, b) => Boolean(a) && Boolean(b) && JSON.stringify(a) === JSON.stringify(b);

function tuple(hop, before) {
  const part = (value, was) => el("span", { class: was && was !== value ? "now" : null }, value);
  return el("div", { class: "tuple" }, part(hop.source, before && before.source), " → ", part(hop.destination, before && before.destination));
}

// A rule of the nodes' state, with where it is written.
function cited(rule) {
  return el("span", { class: "by" }, "by " + rule.kind + " ", el("code", {}, rule.name), rule.file ? el("small", {}, " " + rule.file + ":" + rule.line) : null);
}

// What made a change: the rule that the state names, or what events tell of the node's platform.
function maker(rewrite) {
  const by = rewrite.by;
  if (by && by.kind) return cited(by);
  return by ? el("span", { class: "by", title: by.type + (by.group ? ", group " + by.group : "") }, "by " + (by.rule ? "rule " : "layer " + by.layer), by.rule ? [el("code", {}, by.rule), " of layer " + by.layer] : null) : null;
}

function change(rewrite, hop, before) {
  if (rewrite.kind === "encap") {
    const outer = hop.outer || {};
    return el("div", { class: "change tunnel" }, el("span", { class: "kind" }, "into " + tunnelName(outer)),
      el("code", {}, outer.source + " → " + outer.destination + (outer.port && outer.port !== 4789 ? ", port " + outer.port : "")), maker(rewrite));
  }
  if (rewrite.kind === "decap") {
    return el("div", { class: "change tunnel" }, el("span", { class: "kind" }, "out of " + (before && before.outer ? tunnelName(before.outer) : "the tunnel")), maker(rewrite));
  }
  const [words] = KINDS[rewrite.kind] || [rewrite.kind];
  return el("div", { class: "change" }, el("span", { class: "kind", title: rewrite.kind.toUpperCase() }, words),
    el("code", { class: "was" }, rewrite.from), "→", el("code", {}, rewrite.to),
    maker(rewrite));
}

function hopItem(hop, before, options, last) {
  const translated = hop.rewrites.some(rewrite => rewrite.kind.endsWith("nat"));
  const here = role(hop.node, hop.point);
  const classes = ["hop", hop.outer ? "tunnelled" : "", hop.rewrites.length ? "changed" : "", options.wrong ? "wrong" : "", last ? "last" : ""];
  const elapsed = before ? hop.offsetNanos - before.offsetNanos : 0;
  return el("li", { class: classes.join(" ") },
    el("span", { class: "dot", "aria-hidden": "true" }),
    el("div", { class: "point" }, hop.point === hop.node ? "capture point" : hop.point, here.role ? el("span", { class: "role", title: here.meaning }, here.role) : null,
      hop.tie === "likely" ? el("span", { class: "role", title: "that this is the same packet is likely, not certain" }, "likely") : null),
    el("div", { class: "time", title: before ? "since the hop before; since the first hop " + duration(hop.offsetNanos) : "" }, !before ? "start" : before.node !== hop.node ? "" : (elapsed < 0 ? "" : "+") + duration(elapsed)),
    !before || translated ? tuple(hop, before) : null,
    !before && hop.outer ? el("div", { class: "change tunnel" }, el("span", { class: "kind" }, "in " + tunnelName(hop.outer)), el("code", {}, hop.outer.source + " → " + hop.outer.destination)) : null,
    hop.rewrites.map(rewrite => change(rewrite, hop, before)),
    options.wrong ? el("div", { class: "here" }, "◀ first wrong here") : null);
}

function terminal(way) {
  if (!way.end) {
    return way.fine ? el("li", { class: "terminal fine" }, el("span", { class: "sign", "aria-hidden": "true" }, "✓"), el("span", {}, way.fine)) : null;
  }
  return el("li", { class: "terminal bad" }, el("span", { class: "sign", "aria-hidden": "true" }, "✕"),
    el("span", {}, way.end, way.next ? el("small", {}, "next expected at " + way.next.node + " " + way.next.point) : null));
}

// Groups hops by node, with the wire in between; of a very long way the middle is left out.
function drawWay(way) {
  const list = el("ol", { class: "way" });
  let group = null, before = null;
  const cut = way.hops.length > MAX_HOPS;
  way.hops.forEach((hop, i) => {
    if (cut && i >= 16 && i < way.hops.length - 2) {
      if (i === 16) {
        list.append(el("li", { class: "left-out" }, "… " + (way.hops.length - 18) + " more hops"));
        group = null;
      }
      before = hop;
      return;
    }
    if (!group || !before || before.node !== hop.node) {
      if (group && before) list.append(wire(before, hop));
      group = el("ol", {});
      list.append(el("li", { class: "group" }, el("div", { class: "node" }, hop.node), group));
    }
    group.append(hopItem(hop, before, { wrong: way.marked === i }, i === way.hops.length - 1 && !way.end && !way.fine));
    before = hop;
  });
  const end = terminal(way);
  if (end) list.append(end);
  return list;
}

function wire(from, to) {
  const elapsed = to.offsetNanos - from.offsetNanos;
  return el("li", { class: "wire" + (sameTunnel(from.outer, to.outer) ? " tunnelled" : "") }, el("span", {}, "between nodes" + (from.outer ? ", in " + tunnelName(from.outer) : "")),
    el("span", { class: "time" }, (elapsed < 0 ? "" : "+") + duration(elapsed)));
}

function wayWithTitle(title, note, way) {
  return el("div", {}, el("h4", { class: "way-title" }, title, note ? el("small", {}, " " + note) : null), drawWay(way));
}

const RULINGS = { confirmed: "as it was captured", contradicted: "the capture shows otherwise", unexplained: "which does not tell all of it" };

const stepKey = step => [step.node, step.point, step.layer, step.actionText || step.action].join("\u0000");

function stepItem(step, seenAt, missing, last) {
  const text = step.actionText || step.action;
  const tells = text !== "pass";
  return el("li", { class: ["hop", tells ? "changed" : "", missing ? "wrong" : "", step.after.outer ? "tunnelled" : "", last ? "last" : ""].join(" ") },
    el("span", { class: "dot", "aria-hidden": "true" }),
    el("div", { class: "point" }, step.point, el("span", { class: "role" }, step.layer)),
    el("div", { class: "time" }, seenAt ? el("span", { class: "seen", title: "captured so at " + seenAt }, "✓ seen") : missing ? el("span", { class: "unseen" }, "✕ not seen") : null),
    tells ? el("div", { class: "change" }, el("code", {}, text), step.rule ? cited(step.rule) : null) : step.rule ? el("div", { class: "change" }, cited(step.rule)) : null,
    missing ? el("div", { class: "here" }, "◀ the capture parts here") : null);
}

// Steps worth a line: what changes or ends a packet, what a rule let through, and what a capture point shows.
const tellsSomething = (step, seen) => (step.actionText || step.action) !== "pass" || step.rule || seen.has(stepKey(step));

// What the nodes' state says of a way, beside what was captured of it.
function expectedWay(flow, direction) {
  const judged = flow.expected && flow.expected[direction];
  if (!judged) return null;
  const walk = ((report.view.flows[flow.id] || {}).walks || {})[direction];
  const seen = new Map();
  judged.hops.forEach((hop, i) => { if (hop.layer) seen.set(stepKey(hop), flow.path[direction][i] ? flow.path[direction][i].node + " " + flow.path[direction][i].point : ""); });
  const parting = judged.difference && judged.difference.expected ? stepKey(judged.difference.expected) : "";
  const steps = (walk ? walk.steps : judged.hops).filter(step => step.layer && (tellsSomething(step, seen) || stepKey(step) === parting));
  const list = el("ol", { class: "way" });
  let group = null, node = null;
  steps.forEach((step, i) => {
    if (!group || node !== step.node) {
      group = el("ol", {});
      list.append(el("li", { class: "group" }, el("div", { class: "node" }, step.node || "between nodes"), group));
      node = step.node;
    }
    group.append(stepItem(step, seen.get(stepKey(step)), stepKey(step) === parting, i === steps.length - 1));
  });
  const ends = !walk || ["delivered", "left"].includes(walk.outcome.kind);
  list.append(el("li", { class: "terminal " + (ends ? "fine" : "bad") }, el("span", { class: "sign", "aria-hidden": "true" }, ends ? "✓" : "✕"), el("span", {}, judged.outcome,
    judged.open.slice(0, 4).map(doubt => el("small", {}, "open: " + doubt.what + (doubt.settledBy ? "; settled by " + doubt.settledBy : ""))))));
  return el("div", { class: "expected" }, el("h4", { class: "way-title" }, "Expected by the state", el("small", {}, " " + (RULINGS[judged.ruling] || judged.ruling))), list);
}

// How many of a direction's packets went one way: its end is theirs alone.
const share = (some, all) => some < all ? number(some) + " of " + plural(all, "packet") : plural(all, "packet");

// All ways of a flow that are known: there, then back, and with each those on which packets were lost.
function waysOf(flow) {
  const extra = report.view.flows[flow.id] || {};
  const ways = el("div", { class: "ways" });
  const add = (title, note, hops, fate) => {
    if (hops.length) ways.append(wayWithTitle(title, note, { ...fate, hops }));
  };
  const addAll = (title, lostTitle, direction) => {
    const main = extra[direction] || {}, packets = flow[direction].packets;
    add(title, share(main.packets, packets), flow.path[direction], main);
    const expected = expectedWay(flow, direction);
    if (expected) ways.append(expected);
    (extra.others || []).filter(other => other.direction === direction).forEach(other => add(lostTitle, share(other.packets, packets), other.hops, other));
  };
  addAll("The way there", "There, and lost", "forward");
  addAll("The way back", "Back, and lost", "reverse");
  return ways;
}
