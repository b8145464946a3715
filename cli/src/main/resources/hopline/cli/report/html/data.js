// The data lies packed in elements that no browser runs; each is unpacked when it is needed.

const unpacked = new Map();

async function unpack(id) {
  const element = byId(id);
  if (!element) return "";
  const binary = atob(element.textContent);
  const bytes = Uint8Array.from(binary, c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

async function lines(id) {
  if (!unpacked.has(id)) {
    unpacked.set(id, unpack(id).then(text => text.split("\n").filter(line => line.trim()).map(line => JSON.parse(line))));
  }
  return unpacked.get(id);
}

// What everything below reads: the analysis as `hopline analyze --format json` prints it, and what to show beside it.
const report = { analysis: null, view: null, flows: new Map(), findings: new Map(), points: new Map(), start: "" };

const pointKey = (node, point) => node + "\u0000" + point;

async function load() {
  const [analysis, view] = await Promise.all([unpack("analysis"), unpack("view")]);
  report.analysis = JSON.parse(analysis);
  report.view = JSON.parse(view);
  report.analysis.flows.forEach(flow => report.flows.set(flow.id, flow));
  report.analysis.findings.forEach(finding => report.findings.set(finding.id, finding));
  report.view.points.forEach(point => report.points.set(pointKey(point.node, point.point), point));
  report.start = report.analysis.inputs.map(input => input.first).filter(Boolean).sort()[0]
    || (report.analysis.flows[0] || {}).start || "1970-01-01T00:00:00.000000000Z";
}

async function packetsOf(id) {
  const extra = report.view.flows[id] || {};
  if (extra.page === undefined) return [];
  return (await lines("packets-" + extra.page)).filter(packet => packet.flow === id);
}

const address = party => party.port === undefined ? party.ip : (party.ip.includes(":") ? "[" + party.ip + "]" : party.ip) + ":" + party.port;

const nameOf = party => party.service || party.pod || "";

// Where a finding's flow names a pod, a service or a node, on any side.
const parties = flow => [flow.initiator, flow.target, flow.responder];

const role = (node, point) => report.points.get(pointKey(node, point)) || { role: "", meaning: "" };
