// The files of the SDK: a tree, and the one that is open.

import { highlight } from "./highlight.js";

const $ = (id) => document.getElementById(id);
let files = new Map();
let open = "";

/** Shows the files of a reply. The open file stays open. */
export function show(answer) {
  files = new Map(answer.files.map(({ path, text }) => [path, text]));
  if (!files.has(open)) open = first();
  tree();
  view();
}

/** The module of the largest resource says most. */
function first() {
  const own = [...files.keys()].filter((path) => /^src\/[^/]+\.rs$/u.test(path));
  const resources = own.filter((path) => !/\/(?:lib|client|types)\.rs$/u.test(path));
  return resources.sort((a, b) => files.get(b).length - files.get(a).length)[0] ?? own[0] ?? "";
}

function tree() {
  const root = { folders: new Map(), files: [] };
  for (const path of files.keys()) {
    const parts = path.split("/");
    let at = root;
    for (const part of parts.slice(0, -1)) {
      if (!at.folders.has(part)) at.folders.set(part, { folders: new Map(), files: [] });
      at = at.folders.get(part);
    }
    at.files.push([parts.at(-1), path]);
  }
  $("tree").replaceChildren(...folder(root, ""));
}

function folder({ folders, files: own }, path) {
  const inner = [...folders].map(([name, content]) => {
    const made = document.createElement("details");
    const whole = `${path}${name}/`;
    made.open = open.startsWith(whole) || (path === "" && name === "src");
    const title = document.createElement("summary");
    title.textContent = name;
    made.append(title, ...folder(content, whole));
    return made;
  });
  return [...inner, ...own.map(([name, whole]) => entry(name, whole))];
}

function entry(name, path) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  made.title = path;
  made.classList.toggle("here", path === open);
  made.addEventListener("click", () => {
    open = path;
    $("tree").querySelector(".here")?.classList.remove("here");
    made.classList.add("here");
    view();
  });
  return made;
}

function view() {
  $("path").textContent = open || "No code: the reports say why.";
  highlight($("source"), open, files.get(open) ?? "");
  $("source").scrollTo(0, 0);
}
