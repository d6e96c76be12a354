// The page: what is typed or dropped goes to the worker, what comes back is shown.

import * as code from "./code.js";
import * as editor from "./editor.js";
import * as reports from "./reports.js";

const $ = (id) => document.getElementById(id);
const body = document.body;
/** Milliseconds without a key before the generator runs. */
const PAUSE = 350;

let worker = start();
let number = 0;
let busy = false;
let timer;
let last;

function start() {
  const made = new Worker("worker.js");
  made.onmessage = ({ data }) => receive(data);
  made.onerror = (event) => receive({ number, failure: event.message || "the worker could not start" });
  return made;
}

function run() {
  clearTimeout(timer);
  number += 1;
  if (busy) {
    // What runs is out of date.
    worker.terminate();
    worker = start();
  }
  busy = true;
  $("status").textContent = "Generating…";
  body.classList.add("busy");
  worker.postMessage({ number, request: editor.request() });
}

function later() {
  $("example").value = "";
  clearTimeout(timer);
  timer = setTimeout(run, PAUSE);
}

function receive(data) {
  if (data.archive) return save(data.archive);
  if (data.number !== number) return undefined;
  busy = false;
  body.classList.remove("busy");
  if (data.failure) {
    last = undefined;
    reports.failure($("list"), data.failure);
    editor.mark(new Map());
    code.show({ files: [] });
    $("status").textContent = "The generator failed";
    counts([{ severity: "error" }]);
    $("download").disabled = true;
    return undefined;
  }
  last = data.answer;
  reports.show($("list"), last, () => look("document"));
  editor.mark(reports.marks(last.reports));
  code.show(last);
  counts(last.reports);
  $("download").disabled = last.files.length === 0;
  const made = last.files.length ? `${last.files.length} files` : "no files";
  $("status").textContent = `${last.summary || "No problems"}, ${made}, ${Math.round(data.time)} ms`;
  body.dataset.answer = String(number);
  return undefined;
}

function counts(found) {
  for (const count of document.querySelectorAll(".count")) {
    count.hidden = found.length === 0;
    count.textContent = String(found.length);
    count.classList.toggle("error", found.some(({ severity }) => severity === "error"));
  }
}

function look(view) {
  body.dataset.view = view;
  const wide = matchMedia("(min-width: 761px)").matches;
  for (const button of document.querySelectorAll("[data-show]")) {
    const here = button.dataset.show === view || (wide && view === "document" && button.dataset.show === "reports");
    button.classList.toggle("here", here);
    if (button.role === "tab") button.ariaSelected = String(here);
  }
}

function save(bytes) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  link.download = `${last.package}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function example(name) {
  const response = await fetch(`examples/${name}.yaml`);
  editor.load([[`${name}.yaml`, await response.text()]], true);
  $("example").value = name;
  run();
}

/** Opens files. The document is the one that says `openapi` or `swagger`; the others are those that it refers to. */
async function open(chosen) {
  const read = await Promise.all(chosen.map(async (file) => [(file.webkitRelativePath || file.name).replace(/^[^/]+\/(?=.)/u, ""), await file.text()]));
  if (read.length === 0) return;
  const document = read.findIndex(([name, text]) => name !== editor.CONFIG && /^\s*["']?(?:openapi|swagger)["']?\s*:/mu.test(text.slice(0, 20_000)));
  if (document < 0 && read.every(([name]) => name === editor.CONFIG)) {
    const { name, document: text, others } = editor.request();
    editor.load([[name, text], ...read, ...Object.entries(others)]);
  } else {
    const [main] = read.splice(Math.max(0, document), 1);
    editor.load([main, ...read]);
  }
  $("example").value = "";
  run();
}

editor.start(later);
document.querySelectorAll("[data-show]").forEach((button) => button.addEventListener("click", () => look(button.dataset.show)));
$("example").addEventListener("change", () => example($("example").value));
$("open").addEventListener("click", () => $("files").click());
$("files").addEventListener("change", () => open([...$("files").files]));
$("download").addEventListener("click", () => worker.postMessage({ archive: true }));
addEventListener("dragover", (event) => {
  event.preventDefault();
  body.classList.add("dropping");
});
addEventListener("dragleave", (event) => event.relatedTarget ?? body.classList.remove("dropping"));
addEventListener("drop", (event) => {
  event.preventDefault();
  body.classList.remove("dropping");
  open([...event.dataTransfer.files]);
});
addEventListener("resize", () => look(body.dataset.view));
look(matchMedia("(min-width: 761px)").matches ? "code" : "document");
navigator.serviceWorker?.register("offline.js").catch(() => {});
const wanted = new URLSearchParams(location.search).get("example");
example([...$("example").options].some(({ value }) => value && value === wanted) ? wanted : "pet-shop");
