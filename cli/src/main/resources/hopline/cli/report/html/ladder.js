// The ladder: a lane for each capture point, a row for each packet, and the tuple where it is seen first or changes.

const TIME = 86, ROW = 56, HEAD = 62, NARROWEST = 132, WIDEST = 250;

let LANE = NARROWEST;

// Lanes in the order of the ways: those of the answers are put in where they belong.
function lanes(flow, packets) {
  const order = [];
  const place = (hops, backward) => {
    let at = backward ? order.length : 0;
    hops.forEach(hop => {
      const key = pointKey(hop.node, hop.point);
      const known = order.indexOf(key);
      if (known >= 0) at = backward ? known : known + 1;
      else {
        order.splice(at, 0, key);
        at += backward ? 0 : 1;
      }
    });
  };
  place(flow.path.forward, false);
  place(flow.path.reverse, true);
  packets.forEach(packet => place(packet.stages, packet.direction === "reverse"));
  return order.map(key => key.split("\u0000"));
}

function cutTo(text, width, size) {
  const most = Math.floor(width / size);
  return text.length <= most ? text : text.slice(0, Math.max(1, most - 1)) + "…";
}

// A Windows component says its kind in parentheses, which the line below says, too.
function laneName(node, point) {
  if (point === node) return "capture";
  return role(node, point).role ? point.replace(/ \([^()]*\)$/, "") : point;
}

function laneHeads(columns, height) {
  const heads = svg("g", { "aria-hidden": "true" });
  let from = 0;
  columns.forEach(([node, point], i) => {
    const x = TIME + i * LANE + LANE / 2;
    heads.append(svg("line", { class: "lane", x1: x, x2: x, y1: HEAD - 6, y2: height }));
    heads.append(svg("text", { x, y: 38, "text-anchor": "middle" }, cutTo(laneName(node, point), LANE - 8, 6.7), svg("title", {}, node + " " + point)));
    heads.append(svg("text", { x, y: 52, "text-anchor": "middle", class: "rolename" }, role(node, point).role));
    if (i + 1 === columns.length || columns[i + 1][0] !== node) {
      const left = TIME + from * LANE + 4, width = (i + 1 - from) * LANE - 8;
      heads.prepend(svg("text", { class: "nodename", x: left + width / 2, y: 19, "text-anchor": "middle" }, cutTo(node, width, 7)));
      heads.prepend(svg("rect", { class: "nodebox", x: left, y: 5, width, height: 20, rx: 5 }));
      from = i + 1;
    }
  });
  return heads;
}

function packetRow(packet, columns, y, since, width) {
  const reply = packet.direction === "reverse";
  const lost = Boolean(packet.end);
  const row = svg("g", { class: (reply ? "reply " : "") + (lost ? "lost" : ""), role: "button", tabindex: "-1", "aria-pressed": "false" });
  const line = y + 37;
  const xs = packet.stages.map(stage => TIME + LANE / 2 + LANE * columns.findIndex(([node, point]) => node === stage.node && point === stage.point));
  row.append(svg("rect", { class: "hit", x: 1, y: y + 1, width: width - 2, height: ROW - 2, rx: 6 }));
  row.append(svg("text", { class: "t", x: TIME - 10, y: line + 4, "text-anchor": "end" }, (since < 0 ? "" : "+") + duration(since)));
  xs.slice(1).forEach((x, i) => {
    if (packet.stages[i].outer && packet.stages[i + 1].outer) row.append(svg("line", { class: "pipe", x1: xs[i], x2: x, y1: line, y2: line }));
    row.append(svg("line", { class: "arrow", x1: xs[i], x2: x, y1: line, y2: line }));
  });
  const end = xs[xs.length - 1], back = xs.length > 1 ? Math.sign(end - xs[xs.length - 2]) : 1;
  if (lost) {
    const x = end + 22 * (back || 1);
    row.append(svg("line", { class: "arrow", x1: end, x2: x, y1: line, y2: line }));
    row.append(svg("path", { class: "cross", d: `M${x - 5} ${line - 5}l10 10M${x + 5} ${line - 5}l-10 10` }));
  }
  packet.stages.forEach((stage, i) => {
    const before = packet.stages[i - 1];
    const now = before && (before.source !== stage.source || before.destination !== stage.destination);
    row.append(svg("circle", { class: now ? "dot now" : "dot", cx: xs[i], cy: line, r: 4.5 }));
    if (now) {
      const changed = before.destination !== stage.destination ? "→ " + stage.destination : stage.source + " →";
      row.append(svg("text", { class: "tuple now", x: xs[i], y: line + 15, "text-anchor": "middle" }, cutTo(changed, LANE + 20, 6.4)));
    }
  });
  if (!lost && xs.length > 1) row.append(svg("path", { class: "head", d: `M${end - 5 * back} ${line}l${-9 * back} -5v10z` }));
  const left = Math.min(...xs), room = Math.max(...xs) - left + LANE;
  const label = packet.summary || packet.protocol;
  row.append(svg("text", { x: left, y: y + 15, "text-anchor": "start", dx: -LANE / 2 + 8 }, cutTo(label, Math.max(room, 2 * LANE), 6.6)));
  row.append(svg("text", { class: "tuple", x: left, y: y + 26, dx: -LANE / 2 + 8 }, packet.stages[0].source + " → " + packet.stages[0].destination));
  row.setAttribute("aria-label", label + ", " + (reply ? "answer, " : "") + duration(since) + " after the flow began, seen at " + plural(packet.stages.length, "point") + (lost ? ", " + packet.end : ""));
  return row;
}

// Where each packet of a flow ended badly is told by the way whose last hop is where it was seen last.
function markEnds(flow, packets) {
  const extra = report.view.flows[flow.id] || {};
  const ends = [["forward", flow.path.forward, extra.forward], ["reverse", flow.path.reverse, extra.reverse]]
    .concat((extra.others || []).map(other => [other.direction, other.hops, other]));
  packets.forEach(packet => {
    const trail = hops => hops.map(hop => pointKey(hop.node, hop.point)).join("\u0001");
    const same = ends.find(([direction, hops, fate]) => fate && fate.end && direction === packet.direction && trail(hops) === trail(packet.stages));
    packet.end = same ? same[2].end : "";
  });
}

function ladder(flow, packets, select, room) {
  const columns = lanes(flow, packets);
  LANE = Math.max(NARROWEST, Math.min(WIDEST, Math.floor((room - TIME - 34) / columns.length)));
  markEnds(flow, packets);
  const width = TIME + columns.length * LANE + 30, height = HEAD + packets.length * ROW + 10;
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Packets of the flow, one below the other" });
  picture.append(laneHeads(columns, height - 6));
  const rows = packets.map((packet, i) => packetRow(packet, columns, HEAD + i * ROW, nanosBetween(flow.start, packet.time), width));
  const choose = i => {
    rows.forEach((row, r) => {
      row.setAttribute("aria-pressed", String(r === i));
      row.setAttribute("tabindex", r === i ? "0" : "-1");
    });
    select(packets[i], i);
  };
  rows.forEach((row, i) => {
    row.addEventListener("click", () => choose(i));
    picture.append(row);
  });
  picture.addEventListener("keydown", event => {
    const at = rows.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, Enter: at, " ": at }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(rows.length - 1, next));
    choose(to);
    rows[to].focus();
  });
  return { element: el("div", { class: "ladder" }, picture), choose };
}
