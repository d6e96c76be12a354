// The text on the left: its tabs, line numbers, and marks beside lines that reports name.

const $ = (id) => document.getElementById(id);
const area = $("text");
const gutter = $("gutter");

/** Files by name. The first is the document, the second `sdk.toml`. */
let files = new Map();
let shown = "";
let lines = 1;
/** Names of documents that nobody chose. */
let unnamed = new Set();
/** Severity by line, by file. */
let marks = new Map();
let changed = () => {};

export const CONFIG = "sdk.toml";

export function start(onChange) {
  changed = onChange;
  area.addEventListener("input", () => {
    files.set(shown, area.value);
    rename();
    count();
    paint();
    changed();
  });
  area.addEventListener("scroll", paint, { passive: true });
  new ResizeObserver(paint).observe(area);
}

/** Replaces all files; the first is the document, which has a name of its own if it is a file of the user. */
export function load(named, isExample = false) {
  unnamed = new Set(isExample ? [named[0][0]] : []);
  const config = named.find(([name]) => name === CONFIG)?.[1] ?? "";
  const rest = named.filter(([name]) => name !== CONFIG);
  files = new Map([rest[0], [CONFIG, config], ...rest.slice(1)]);
  marks = new Map();
  show(rest[0][0]);
  changed();
}

/** Names the document after what it is, once it is no longer the example or the file that it was. */
function rename() {
  const [[name, text], ...rest] = files;
  const wanted = text.trimStart().startsWith("{") ? "openapi.json" : "openapi.yaml";
  if (shown !== name || name === wanted || !unnamed.has(name)) return;
  unnamed.add(wanted);
  files = new Map([[wanted, text], ...rest]);
  shown = wanted;
  tabs();
}

export function request() {
  const [[name, document], , ...others] = files;
  return { name, document, config: files.get(CONFIG), others: Object.fromEntries(others) };
}

/** Sets the marks: severity by line, by file. */
export function mark(found) {
  marks = found;
  paint();
}

export function show(name) {
  if (!files.has(name)) return;
  shown = name;
  area.value = files.get(name);
  area.setAttribute("aria-label", `Text of ${name}`);
  area.placeholder = name === CONFIG ? "[package]\nname = \"my-sdk\"\n\nChoices about the SDK; the book lists all keys" : "Paste an OpenAPI document, or drop its files here";
  area.scrollTop = 0;
  count();
  tabs();
  paint();
}

/** Selects what a report underlines; columns count characters. */
export function reveal({ file, line, column }) {
  if (shown !== file) show(file);
  const all = area.value.split("\n");
  const text = all[line - 1] ?? "";
  const start = all.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const before = Array.from(text).slice(0, column - 1).join("").length;
  const word = text.slice(before).match(/^(?:"[^"]*"|'[^']*'|[^\s:,\]}]+)/u)?.[0].length ?? 0;
  area.focus({ preventScroll: true });
  area.setSelectionRange(start + before, start + before + word);
  area.scrollTop = Math.max(0, (line - 1) * height() - area.clientHeight / 3);
  area.scrollLeft = Math.max(0, before * 8 - area.clientWidth / 2);
  paint();
}

function tabs() {
  $("sources").replaceChildren(...[...files.keys()].map((name) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.role = "tab";
    tab.textContent = name;
    tab.ariaSelected = String(name === shown);
    tab.classList.toggle("here", name === shown);
    tab.addEventListener("click", () => show(name));
    return tab;
  }));
}

function height() {
  return parseFloat(getComputedStyle(area).lineHeight);
}

function count() {
  lines = 1;
  for (let at = area.value.indexOf("\n"); at >= 0; at = area.value.indexOf("\n", at + 1)) lines += 1;
}

/** Draws the numbers of the lines in view: documents can have a million. */
function paint() {
  const row = height();
  if (!row) return;
  const first = Math.max(0, Math.floor((area.scrollTop - 8) / row));
  const last = Math.min(lines, first + Math.ceil(area.clientHeight / row) + 2);
  const severities = marks.get(shown);
  const rows = [];
  for (let line = first + 1; line <= last; line += 1) {
    const one = document.createElement("div");
    one.textContent = String(line);
    one.className = severities?.get(line) ?? "";
    one.style.top = `${8 + (line - 1) * row - area.scrollTop}px`;
    rows.push(one);
  }
  gutter.replaceChildren(...rows);
}
