// Colours for code: one pass over the text, one element per coloured word. The text is set as text, so it stays text.

const LONGEST = 400_000;
const KEYWORDS = new Set(("as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref " +
  "return self Self static struct super trait true type unsafe use where while").split(" "));

const RUST = /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>b?r(?<hashes>#*)"[\s\S]*?"\k<hashes>|b?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\[^\n]{1,9}?|[^'\\\n])')|(?<attribute>#!?\[[^\]\n]*\])|(?<lifetime>'[a-z_]\w*)|(?<number>\b\d[\w]*(?:\.\d[\w]*)?)|(?<macro>\b[a-z_]\w*!)|(?<word>[A-Za-z_]\w*)/gu;
const TOML = /(?<comment>#[^\n]*|<!--[\s\S]*?-->)|(?<string>"(?:\\.|[^"\\\n])*"|'[^'\n]*')|(?<attribute>^\[[^\n]*\])|(?<number>\b\d[\w.]*)/gmu;
const MARKDOWN = /(?<keyword>^#{1,6} [^\n]*)|(?<comment><!--[\s\S]*?-->)|(?<string>```[\s\S]*?```|`[^`\n]*`)/gmu;

function language(path) {
  if (path.endsWith(".rs")) return RUST;
  if (path.endsWith(".md")) return MARKDOWN;
  if (path.endsWith(".toml") || path.endsWith(".lock")) return TOML;
  return undefined;
}

function kind(groups) {
  if (groups.word !== undefined) {
    if (KEYWORDS.has(groups.word)) return "keyword";
    return /^[A-Z]/.test(groups.word) ? "type" : undefined;
  }
  if (groups.lifetime !== undefined) return "attribute";
  return Object.keys(groups).find((name) => name !== "hashes" && groups[name] !== undefined);
}

/** Shows a file in an element. */
export function highlight(element, path, text) {
  const pattern = language(path);
  element.textContent = "";
  if (!pattern || text.length > LONGEST) {
    element.textContent = text;
    return;
  }
  const all = document.createDocumentFragment();
  let plain = 0;
  for (const found of text.matchAll(pattern)) {
    const name = kind(found.groups);
    if (!name) continue;
    all.append(text.slice(plain, found.index));
    const span = document.createElement("span");
    span.className = name;
    span.textContent = found[0];
    all.append(span);
    plain = found.index + found[0].length;
  }
  all.append(text.slice(plain));
  element.append(all);
}
