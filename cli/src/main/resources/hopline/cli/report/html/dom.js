// Elements are made here and nowhere else, and text goes in as text: nothing from a packet is ever parsed as markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(4)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child.nodeType ? child : visible(String(child)));
  }
  return element;
}

function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

// Control characters and marks that turn the direction of text are written out, as on the terminal.
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, c => "\\u{" + c.codePointAt(0).toString(16) + "}");
}

const byId = id => document.getElementById(id);

const number = value => value.toLocaleString("en");

function plural(count, noun) {
  return number(count) + " " + noun + (count === 1 ? "" : "s");
}

function duration(nanos) {
  const size = Math.abs(nanos);
  const scaled = unit => {
    const value = nanos / unit;
    return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
  };
  if (size < 1e3) return nanos + " ns";
  if (size < 1e6) return scaled(1e3) + " µs";
  if (size < 1e9) return scaled(1e6) + " ms";
  if (size < 600e9) return scaled(1e9) + " s";
  return Math.floor(nanos / 60e9) + " min";
}

function octets(count) {
  if (count < 1000) return count + " B";
  for (const [unit, size] of [["GB", 1e9], ["MB", 1e6], ["kB", 1e3]]) {
    if (count >= size) return (count / size).toFixed(count < size * 10 ? 1 : 0) + " " + unit;
  }
  return String(count);
}

// Nanoseconds between two RFC 3339 times; dates know milliseconds only.
function nanosBetween(from, to) {
  const whole = Date.parse(to.slice(0, 19) + "Z") - Date.parse(from.slice(0, 19) + "Z");
  return whole * 1e6 + Number(to.slice(20, 29)) - Number(from.slice(20, 29));
}

function verdict(label) {
  return el("span", { class: "v " + label.replace(/\W/g, "") }, label);
}

function copyButton(text) {
  const button = el("button", { type: "button", class: "quiet", onclick: copy }, "Copy");
  function copy() {
    const told = message => {
      button.textContent = message;
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    };
    if (!navigator.clipboard) return told("Select it");
    navigator.clipboard.writeText(text).then(() => told("Copied"), () => told("Select it"));
  }
  return button;
}
