// Reads the names of HTML files, one a line; prints for each what axe-core and the contrast of its colours have
// against it, one JSON object a line. jsdom lays nothing out: what takes a layout axe leaves to us or cannot tell.
"use strict";

const { readFileSync } = require("node:fs");
const { JSDOM } = require("jsdom");
const axe = require("axe-core");

const OPTIONS = {
  resultTypes: ["violations"],
  rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false } },
};
const XHTML = "http://www.w3.org/1999/xhtml";

async function violations(window) {
  window.eval(axe.source);
  const found = await window.axe.run(window.document, OPTIONS);
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}`));
}

// ---------------------------------------------------------------- the cascade, for colours and sizes of text

// Ids, classes, elements (Selectors 4, 17); :is() counts as what is inside, which is all that our pages need.
function specificity(selector) {
  const bare = selector.replace(/:(is|not)\(|\)/g, " ");
  const count = pattern => (bare.match(pattern) || []).length;
  const classes = count(/\.[\w-]+|\[[^\]]*\]|(?<!:):[\w-]+/g);
  const elements = count(/(^|[\s>+~])[a-z][\w]*/gi);
  return count(/#[\w-]+/g) * 1e6 + classes * 1e3 + elements;
}

// The parts of a list of selectors: a comma inside brackets parts nothing.
const parts = list => list.split(/,(?![^(]*\))/).map(part => part.trim());

function rulesOf(document) {
  const rules = [];
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!rule.selectorText) continue; // of print, of forced colours: the reader's own, or paper's
      for (const selector of parts(rule.selectorText)) {
        rules.push({ selector, style: rule.style, weight: specificity(selector) });
      }
    }
  }
  return rules.map((rule, order) => ({ ...rule, order })).sort((a, b) => a.weight - b.weight || a.order - b.order);
}

// What counts of a property for an element, "" where nothing is declared.
function declared(element, names, rules) {
  let value = "";
  for (const rule of [...rules, { style: element.style }]) {
    const said = names.map(name => rule.style.getPropertyValue(name)).find(Boolean);
    if (said && (!rule.selector || element.matches(rule.selector))) value = said;
  }
  return value === "inherit" ? "" : value;
}

// What an element has of a property from the nearest that says it; drawings say it as an attribute.
function nearest(element, names, rules, known) {
  if (!element) return "";
  if (!known.has(element)) {
    const own = declared(element, names, rules) || names.map(name => element.getAttribute(name)).find(Boolean);
    const says = own && own !== "transparent" && own !== "none";
    known.set(element, says ? own : nearest(element.parentElement, names, rules, known));
  }
  return known.get(element);
}

// ---------------------------------------------------------------- contrast: WCAG 2.2, 1.4.3

function channels(colour) {
  const rgb = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(colour);
  if (rgb) return rgb.slice(1).map(Number);
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour);
  const hex = short ? short.slice(1).map(digit => digit + digit).join("") : /^#([\da-f]{6})$/i.exec(colour)?.[1];
  if (!hex) throw new Error(`a colour that nobody can tell: ${colour}`);
  return [0, 2, 4].map(start => parseInt(hex.slice(start, start + 2), 16));
}

function luminance(colour) {
  const linear = channels(colour)
    .map(part => part / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(colour, ground) {
  const [darker, lighter] = [luminance(colour), luminance(ground)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const POINTS = { pt: 1, px: 0.75 };

function isLarge(font) {
  const [, size, unit] = /([\d.]+)(pt|px)/.exec(font) || [0, 0, "pt"];
  return size * POINTS[unit] >= (/\b(bold|[7-9]00)\b/.test(font) ? 14 : 18);
}

// The fill of the last shape under the start of a text of a drawing, if any.
function under(text) {
  const at = ["x", "y"].map(name => Number(text.getAttribute(name)));
  const [x, y] = [at[0], at[1] - 2];
  const shift = { start: 1, middle: 0, end: -1 }[text.getAttribute("text-anchor") || "start"];
  const within = box => {
    const [left, top, width, height] = ["x", "y", "width", "height"].map(name => Number(box.getAttribute(name)));
    return left < x + shift && x + shift < left + width && top < y && y < top + height;
  };
  const moved = text.closest("g[transform]"); // the legend has places of its own
  const beside = [...text.ownerSVGElement.querySelectorAll("rect")].filter(box => box.closest("g[transform]") === moved);
  return beside.filter(within).pop()?.getAttribute("fill");
}

function pale(document) {
  const rules = rulesOf(document);
  const [colours, grounds, fonts, fills] = [new Map(), new Map(), new Map(), new Map()];
  const said = new Map();
  const walker = document.createTreeWalker(document.body, 4);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("title, desc, style")) continue;
    const drawn = element.namespaceURI !== XHTML;
    const own = drawn ? nearest(element, ["fill"], [], fills) : nearest(element, ["color"], rules, colours);
    const behind = nearest(element, ["background-color", "background"], rules, grounds);
    const [colour, ground] = [own || "#000", (drawn && under(element.closest("text"))) || behind || "#fff"];
    const wanted = !drawn && isLarge(nearest(element, ["font"], rules, fonts)) ? 3 : 4.5;
    const ratio = contrast(colour, ground);
    if (ratio < wanted) {
      const what = `contrast: ${colour} on ${ground} is ${ratio.toFixed(2)} to 1, not ${wanted}`;
      said.set(what, `${what}: ${walker.currentNode.data.trim().slice(0, 40)}`);
    }
  }
  return [...said.values()];
}

async function main() {
  for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
    const { window } = new JSDOM(readFileSync(path, "utf8"), { runScripts: "outside-only" });
    const faults = [...(await violations(window)), ...pale(window.document)];
    process.stdout.write(JSON.stringify({ path, faults }) + "\n");
    window.close();
  }
}

main();
