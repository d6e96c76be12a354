// Keeps the page for times without a network. With a network the newest version is shown.
const FILES = ["./", "index.html", "style.css", "icon.svg", "main.js", "editor.js", "reports.js", "code.js", "highlight.js", "worker.js", "playground.wasm",
  "examples/pet-shop.yaml", "examples/train-travel.yaml", "examples/three-mistakes.yaml"];
const NAME = "playground";

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => event.respondWith(answer(event.request)));

async function answer(request) {
  const cache = await caches.open(NAME);
  try {
    const response = await fetch(request);
    if (response.ok && request.method === "GET") await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}
