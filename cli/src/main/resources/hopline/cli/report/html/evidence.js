// One packet as its records show it: decoded headers beside the octets, point by point.

const LAYER_NAMES = { ethernet: "Ethernet", ipv4: "IPv4", ipv6: "IPv6", tcp: "TCP", udp: "UDP", icmp: "ICMP", icmpv6: "ICMPv6", dns: "DNS", vxlan: "VXLAN", arp: "ARP", vlan: "VLAN", gre: "GRE", geneve: "Geneve" };

const words = name => name.replace(/([A-Z])/g, " $1").toLowerCase();

const SHOWN_APART = new Set(["layer", "offset", "quoted"]);

// Fields that differ from those of the same header at the hop before.
function differing(layer, before) {
  const same = before && before.find(other => other.layer === layer.layer && Boolean(other.quoted) === Boolean(layer.quoted));
  return name => Boolean(same) && name in same && same[name] !== layer[name];
}

function layerBox(layer, before, light) {
  const differs = differing(layer, before);
  const fields = Object.entries(layer).filter(([name]) => !SHOWN_APART.has(name));
  return el("div", { class: "layer", tabindex: "0", onmouseenter: light, onfocus: light },
    el("h4", {}, (LAYER_NAMES[layer.layer] || layer.layer) + (layer.quoted ? ", quoted" : "")),
    el("dl", {}, fields.map(([name, value]) => el("div", { class: differs(name) ? "differs" : "" }, el("dt", {}, words(name)), el("dd", { title: differs(name) ? "changed since the hop before" : null }, value)))));
}

const printable = octet => octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ".";

function hexDump(hex, from, to) {
  const pre = el("pre", { class: "hex", tabindex: "0", "aria-label": "Octets in hexadecimal" });
  const count = hex.length / 2;
  for (let at = 0; at < count; at += 16) {
    pre.append(el("span", { class: "at" }, at.toString(16).padStart(4, "0")), " ");
    let ascii = "", run = "", lit = false;
    const flush = () => {
      if (run) pre.append(lit ? el("span", { class: "lit" }, run) : run);
      run = "";
    };
    for (let i = at; i < at + 16; i++) {
      const now = i >= from && i < to && i < count;
      run += i === at + 8 ? "  " : " ";
      if (now !== lit) {
        flush();
        lit = now;
      }
      run += i < count ? hex.substr(i * 2, 2) : "  ";
      if (i < count) ascii += printable(parseInt(hex.substr(i * 2, 2), 16));
    }
    flush();
    pre.append("  " + ascii + "\n");
  }
  return pre;
}

function recordView(stage, before) {
  const layers = stage.layers || [];
  const dump = el("div", {}, hexDump(stage.octets || "", 0, 0));
  const boxes = el("div", { class: "layers" });
  layers.forEach((layer, i) => {
    const light = () => {
      boxes.querySelectorAll(".lit").forEach(box => box.classList.remove("lit"));
      boxes.children[i].classList.add("lit");
      const end = i + 1 < layers.length ? layers[i + 1].offset : (stage.octets || "").length / 2;
      if (stage.octets) dump.replaceChildren(hexDump(stage.octets, layer.offset, end));
    };
    boxes.append(layerBox(layer, before && before.layers, light));
  });
  if (stage.octetsOmitted) dump.append(el("p", { class: "muted" }, plural(stage.octetsOmitted, "further octet") + " left out"));
  if (layers.length && !stage.octets) dump.replaceChildren(el("p", { class: "muted" }, "The octets were left out when this page was redacted."));
  if (!layers.length) boxes.append(el("p", { class: "muted" }, "This record could not be read again."));
  return el("div", { class: "record" }, boxes, el("div", {}, dump));
}

// Tabs, one for each point that saw the packet.
function evidence(stages, chosen = 0) {
  const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Points that saw the packet" });
  const body = el("div", { role: "tabpanel" });
  const show = i => {
    [...tabs.children].forEach((tab, t) => {
      tab.setAttribute("aria-selected", String(t === i));
      tab.tabIndex = t === i ? 0 : -1;
    });
    body.replaceChildren(recordView(stages[i], stages[i - 1]));
  };
  stages.forEach((stage, i) => tabs.append(el("button", { type: "button", role: "tab", onclick: () => show(i) },
    stage.node + (stage.point === stage.node ? "" : " · " + stage.point), el("small", {}, stage.file + " #" + stage.record))));
  tabs.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = ([...tabs.children].indexOf(document.activeElement) + step + stages.length) % stages.length;
    show(next);
    tabs.children[next].focus();
    event.preventDefault();
  });
  show(Math.min(chosen, stages.length - 1));
  return el("div", {}, tabs, body);
}
