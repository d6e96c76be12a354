// Uses the page as people do, and fails at the first thing that is not as promised: playground.mjs SITE CHROMIUM OUT
import assert from "node:assert/strict";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const [site, executablePath, out] = process.argv.slice(2);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".yaml": "text/yaml" };

const MISTAKES = `openapi: 3.1.0
info: {title: Library, version: 1.0.0}
servers: [{url: https://library.example.com}]
paths:
  /shelves:
    get:
      tags: [shelves]
      operationId: listShelves
      responses:
        '200': {description: Shelves, content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}}
        '404': {description: None, content: {application/json: {schema: {$ref: '#/components/schemas/Problm'}}}}
components:
  schemas:
    Shelf:
      type: object
      properties:
        room: {type: string, enum: [east, west], default: north}
        books: {type: integer, minimun: 0}
    Problem: {type: object, properties: {message: {type: string}}}
`;
const PLACES = ["11:80", "17:59", "18:32"];
const HOSTILE = MISTAKES.replace("title: Library", "title: Library, description: '<img src=x onerror=\"document.title=1\"><script>document.title=2</script>'");

const server = createServer((request, response) => {
  let path = join(site, decodeURIComponent(new URL(request.url, "http://host").pathname));
  if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
  if (!existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
  return createReadStream(path).pipe(response);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}/playground/`;
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });

async function visit(options, then) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(url);
  await answered(page, 0);
  await then(page, context);
  assert.deepEqual(said, [], "the console has errors");
  await context.close();
}

/** The number of the answer that is shown, once it is later than the given one. */
async function answered(page, after) {
  await page.waitForFunction((number) => Number(document.body.dataset.answer ?? 0) > number, after, { timeout: 60_000 });
  return page.evaluate(() => Number(document.body.dataset.answer));
}

async function paste(page, text) {
  const before = await page.evaluate(() => Number(document.body.dataset.answer ?? 0));
  await page.fill("#text", text);
  await answered(page, before);
}

const places = (page) => page.$$eval("#list .place", (all) => all.map((one) => one.textContent));

async function desktop(page, context) {
  await page.screenshot({ path: join(out, "desktop-code.png") });
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));

  await paste(page, MISTAKES);
  await page.click("#result [data-show=reports]");
  assert.deepEqual(await places(page), PLACES.map((place) => `openapi.yaml:${place}`));
  await page.screenshot({ path: join(out, "desktop-reports.png") });
  await page.click("#list .place >> nth=2");
  assert.equal(await page.$eval("#text", (area) => area.value.slice(area.selectionStart, area.selectionEnd)), "minimun");
  assert.equal(await page.$$eval("#gutter .warning", (all) => all.map((one) => one.textContent).join()), "11,17,18");
  await page.click("#list summary >> nth=0");
  assert.match(await page.textContent("#list details >> nth=0"), /Fix: /u);

  await paste(page, HOSTILE);
  await page.click("#result [data-show=code]");
  await page.click("#tree button:text-is('lib.rs')");
  assert.match(await page.textContent("#source"), /document\.title=2/u);
  assert.equal(await page.$$eval("#source img, #source script", (all) => all.length), 0);
  assert.equal(await page.title(), "sdkgen playground");

  await page.click("#sources button:text-is('sdk.toml')");
  await paste(page, "[package]\nnam = \"x\"\n");
  assert.equal((await places(page))[0], "sdk.toml:2:1");
  assert.ok(await page.isDisabled("#download"));
  await paste(page, "");
  assert.deepEqual(requests, [], "the page asked for something while it was used");

  // Two files, dropped: the second is the one that the first refers to.
  const number = await page.evaluate(() => Number(document.body.dataset.answer));
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File(["type: object\nproperties: {message: {type: string}}\n"], "trouble.yaml"));
    data.items.add(new File([text.replace("'#/components/schemas/Problm'", "trouble.yaml")], "api.yaml"));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
  }, MISTAKES);
  await answered(page, number);
  assert.deepEqual(await places(page), ["api.yaml:17:59", "api.yaml:18:32"]);

  const before = await page.evaluate(() => Number(document.body.dataset.answer));
  await page.selectOption("#example", "pet-shop");
  await answered(page, before);
  assert.deepEqual(await places(page), []);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
  assert.equal(download.suggestedFilename(), "pet-shop.zip");
  await download.saveAs(join(out, "pet-shop.zip"));

  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await answered(page, 0);
  await paste(page, MISTAKES);
  assert.equal((await places(page)).length, 3, "it does not work without a network");
}

async function phone(page) {
  const edges = await page.$$eval("header > :not([hidden])", (all) => all.map((one) => one.getBoundingClientRect()).filter(({ width }) => width));
  edges.forEach(({ left }, index) => assert.ok(index === 0 || left >= edges[index - 1].right, "the parts of the header overlap"));
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  for (const view of ["document", "reports", "code"]) {
    if (view === "reports") await paste(page, MISTAKES);
    await page.click(`.views [data-show=${view}]`);
    assert.ok(await fits(), `${view} is wider than the screen`);
    await page.screenshot({ path: join(out, `phone-${view}.png`) });
  }
  await page.click(".views [data-show=reports]");
  await page.click("#list .place >> nth=0");
  assert.ok(await page.isVisible("#text"), "a place leads to the document");
}

try {
  await visit({ viewport: { width: 1400, height: 900 } }, desktop);
  await visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }, phone);
  await visit({ viewport: { width: 390, height: 844 }, colorScheme: "dark" }, (page) => page.screenshot({ path: join(out, "phone-dark.png") }));
  console.log("the playground works: three places, an archive, no requests, offline, on a phone");
} finally {
  await browser.close();
  server.close();
}
