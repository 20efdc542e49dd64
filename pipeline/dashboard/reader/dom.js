// Small builders of nodes. Text only ever becomes a text node; nothing here reads markup.

const ICONS = {
  contradicted: "M5 5l6 6M11 5l-6 6",
  unsupported: "M4 8h8",
  overstated: "M8 12.5v-8M4.6 7.6L8 4.2l3.4 3.4",
  supported: "M4 8.4l2.8 2.8L12 5.4",
  unverified: "M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M8 11.6v.2",
  decided: "M4 8.4l2.8 2.8L12 5.4",
  flag: "M5 13V3.4h6.4L9.8 6l1.6 2.6H5",
  out: "M6.5 4H4v8h8V9.500M9 4h3v3M12 4L7.500 8.500",
  previous: "M9.800 4L5.800 8l4 4",
  next: "M6.200 4l4 4-4 4",
  help: "M5.600 5.800a2.400 2.400 0 1 1 3.500 2.200c-.700.400-1.100.800-1.100 1.600M8 12.200v.1",
  failed: "M8 4.500v4.200M8 11.300v.2",
};
const SVG = "http://www.w3.org/2000/svg";

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== "" && child != null));
  return node;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// A round badge with a verdict's icon: the cue that is not colour.
function badge(verdict) {
  return el("span", { class: `badge tone ${verdict}` }, icon(verdict));
}

// For those who listen instead of look.
function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

// A link only where the address is of the web; else the words alone.
function link(url, text) {
  const web = URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
  if (!web) return el("span", { dir: "auto" }, text);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text, icon("out"));
}

function plural(count, word) {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
