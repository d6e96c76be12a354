// Runs the generator beside the page, so that a large document does not block it.

let generator;

async function load() {
  const response = await fetch("playground.wasm");
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), {});
  return instance.exports;
}

function output(wasm, length) {
  return new Uint8Array(wasm.memory.buffer, wasm.output(), length).slice();
}

function answer(wasm, request) {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const at = wasm.input(bytes.length);
  new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
  return JSON.parse(new TextDecoder().decode(output(wasm, wasm.generate())));
}

onmessage = async ({ data }) => {
  let wasm;
  try {
    generator ??= load();
    wasm = await generator;
    if (data.archive) {
      postMessage({ archive: output(wasm, wasm.archive()) });
    } else {
      const start = performance.now();
      const made = answer(wasm, data.request);
      postMessage({ number: data.number, answer: made, time: performance.now() - start });
    }
  } catch (error) {
    // After a panic the memory is of no use.
    generator = undefined;
    const length = wasm?.output_length() ?? 0;
    const message = length ? new TextDecoder().decode(output(wasm, length)) : String(error);
    postMessage({ number: data.number, failure: message });
  }
};
