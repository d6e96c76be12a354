// The list of reports.

import { reveal } from "./editor.js";

const MOST = 500;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A paragraph in which what stands between backticks is code. */
function paragraph(className, text) {
  const made = element("p", className);
  text.split(/`([^`]+)`/u).forEach((part, index) => made.append(index % 2 ? element("code", "inline", part) : part));
  return made;
}

function item(report, go) {
  const made = element("li", report.severity);
  const head = element("div", "head");
  head.append(element("span", "severity", report.severity), element("code", "", report.code));
  if (report.primary.line) {
    const { file, line, column } = report.primary;
    const place = element("button", "place", `${file}:${line}:${column}`);
    place.type = "button";
    place.addEventListener("click", () => {
      go();
      reveal(report.primary);
    });
    head.append(place);
  }
  made.append(head, paragraph("", report.message));
  if (report.primary.text) made.append(paragraph("help", report.primary.text));
  if (report.help) made.append(paragraph("help", `Help: ${report.help}`));
  const details = element("details");
  details.append(element("summary", "", "Why?"), paragraph("", report.explanation.replace(/^ /gmu, "").trim()));
  made.append(details);
  return made;
}

function note(className, head, text) {
  const made = element("li", className);
  made.append(element("span", "severity", head), paragraph("", text));
  return made;
}

/** Shows an answer; `go` makes the text visible where only one part is. */
export function show(list, answer, go) {
  const { reports, summary } = answer;
  const rows = reports.slice(0, MOST).map((report) => item(report, go));
  if (reports.length > MOST) rows.push(note("", "and more", `${reports.length - MOST} more reports; the program lists them all.`));
  if (reports.length === 0) {
    rows.push(summary ? note("error", "error", summary) : note("good", "no problems", "Every part of the document is in the SDK."));
  }
  list.replaceChildren(...rows);
}

export function failure(list, message) {
  list.replaceChildren(note("error", "the generator failed", `This is a bug. Please report it, with the document if you can: ${message}`));
}

/** Severity by line, by file: what the editor marks. */
export function marks(reports) {
  const all = new Map();
  for (const { severity, primary: { file, line } } of reports) {
    if (!line) continue;
    if (!all.has(file)) all.set(file, new Map());
    const lines = all.get(file);
    if (lines.get(line) !== "error") lines.set(line, severity);
  }
  return all;
}
