// Reads forms with `qs` and `busboy`: a line of JSON for each body in, a line for each reader out.
import { createInterface } from "node:readline";
import busboy from "busboy";
import qs from "qs";

const say = (line) => console.log(JSON.stringify(line));

function tree(id, bytes) {
  const tree = qs.parse(bytes.toString("utf8"), { depth: 20, arrayLimit: 1000, plainObjects: true });
  say({ id, reader: "qs", tree });
}

// The names and texts of a form, or the parts of a multipart body, in their order.
function parts(id, type, bytes) {
  return new Promise((done) => {
    const found = [];
    const fail = (error) => done(say({ id, reader: "busboy", error: String(error) }));
    let reader;
    try {
      reader = busboy({ headers: { "content-type": type }, defParamCharset: "utf8" });
    } catch (error) {
      return fail(error);
    }
    const isForm = type.startsWith("application/");
    reader.on("field", (name, text, info) =>
      found.push({ name, file: null, type: info.mimeType, bytes: Buffer.from(text, "utf8").toString("base64"), text }),
    );
    reader.on("file", (name, stream, info) => {
      const part = { name, file: info.filename ?? null, type: info.mimeType };
      found.push(part);
      const chunks = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => (part.bytes = Buffer.concat(chunks).toString("base64")));
    });
    reader.on("error", fail);
    reader.on("close", () => {
      const pairs = found.map((part) => [part.name, part.text]);
      done(say({ id, reader: "busboy", ...(isForm ? { pairs } : { parts: found }) }));
    });
    reader.end(bytes);
  });
}

let id = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { type, body } = JSON.parse(line);
  const bytes = Buffer.from(body, "base64");
  if (type.startsWith("application/x-www-form-urlencoded")) tree(id, bytes);
  // It reads no other kinds of multipart.
  if (type.startsWith("application/") || type.startsWith("multipart/form-data")) await parts(id, type, bytes);
  id += 1;
}
