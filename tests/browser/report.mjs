// Uses a report and a comparison as a reader would: node report.mjs CHROMIUM REPORT COMPARISON PROFILE [SCREENSHOTS]
// Speaks the DevTools protocol over pipes, so it needs nothing but Node.js and Chromium.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [program, page, comparison, profile, shots] = process.argv.slice(2);
const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
  "--remote-debugging-pipe", `--user-data-dir=${profile}`,
];
const browser = spawn(program, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
process.on("exit", () => browser.kill("SIGKILL"));
const [, , , toBrowser, fromBrowser] = browser.stdio;
const limit = setTimeout(() => { console.error("the browser did not answer within 120 s"); process.exit(1); }, 120_000);

const waiting = new Map();
const complaints = [];
let buffer = "";
let lastId = 0;
let sessionId;

fromBrowser.setEncoding("utf8").on("data", (chunk) => {
  buffer += chunk;
  const messages = buffer.split("\0");
  buffer = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    if (message.id) waiting.get(message.id)(message);
    else if (message.method === "Runtime.exceptionThrown") complaints.push(message.params.exceptionDetails.text);
    else if (message.method === "Log.entryAdded") complaints.push(message.params.entry.text);
    else if (message.method === "Runtime.consoleAPICalled") complaints.push(JSON.stringify(message.params.args));
    else if (message.method === "Page.javascriptDialogOpening") complaints.push(`a dialog: ${message.params.message}`);
    else if (message.method === "Network.requestWillBeSent" && !message.params.request.url.startsWith("file:"))
      complaints.push(`a request: ${message.params.request.url}`);
    else waiting.get(message.method)?.(message);
  }
});

const send = async (method, params = {}) => {
  const id = ++lastId;
  toBrowser.write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  const { result, error } = await new Promise((resolve) => waiting.set(id, resolve));
  assert.equal(error, undefined, `${method}: ${error?.message}`);
  return result;
};
const event = (name) => new Promise((resolve) => waiting.set(name, resolve));
/** The value of an expression in the page, after the next frame has been drawn. */
const value = async (expression) => {
  const awaited = `new Promise(requestAnimationFrame).then(() => (${expression}))`;
  const { result, exceptionDetails } =
    await send("Runtime.evaluate", { expression: awaited, awaitPromise: true, returnByValue: true });
  assert.equal(exceptionDetails, undefined, `${expression}: ${exceptionDetails?.exception?.description}`);
  return result.value;
};
/** Waits until an expression holds; events of the page come when the browser has time. */
const until = async (expression, message) => {
  const end = performance.now() + 10_000;
  while (!(await value(expression))) assert.ok(performance.now() < end, message ?? expression);
};
const press = async (key) => {
  const code = { Tab: 9, Enter: 13, Escape: 27 }[key];
  const text = key === "Enter" ? "\r" : undefined;
  await send("Input.dispatchKeyEvent", { type: "keyDown", key, code: key, windowsVirtualKeyCode: code, text });
  await send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode: code });
};
const shot = async (name) => {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  const { data } = await send("Page.captureScreenshot", { format: "png" });
  writeFileSync(`${shots}/${name}.png`, Buffer.from(data, "base64"));
};
const view = async (width, height, scheme) => {
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
  await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
};

const { targetId } = await send("Target.createTarget", { url: "about:blank" });
({ sessionId } = await send("Target.attachToTarget", { targetId, flatten: true }));
for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
await view(1280, 900, "light");
const loaded = event("Page.loadEventFired");
const begun = performance.now();
await send("Page.navigate", { url: pathToFileURL(page).href });
await loaded;
const took = performance.now() - begun;

const rows = await value("document.querySelectorAll('#articles tbody tr').length");
assert.ok(rows > 0, "the list has articles");
await shot("light");

// The list sorts, numbers as numbers, and turns round.
const column = (name) => `[...document.querySelectorAll('#articles thead th')].findIndex((th) => th.textContent.trim() === '${name}')`;
const cells = (name) => `[...document.querySelectorAll('#articles tbody tr')].map((tr) => Number(tr.cells[${column(name)}].dataset.value))`;
const click = (name) => value(`document.querySelectorAll('#articles thead th')[${column(name)}].querySelector('button').click()`);
await click("words");
const up = await value(cells("words"));
assert.deepEqual(up, [...up].sort((a, b) => a - b), "words rise");
await click("words");
assert.deepEqual(await value(cells("words")), [...up].reverse(), "words fall");
assert.equal(await value(`document.querySelectorAll('#articles thead th')[${column("words")}].ariaSort`), "descending");

// The filters leave what fits, and say how much that is.
const shown = "[...document.querySelectorAll('#articles tbody tr')].filter((tr) => !tr.hidden).length";
const set = (id, to) => value(`{ const e = document.getElementById('${id}'); e.value = '${to}'; e.dispatchEvent(new Event('input', { bubbles: true })) }`.replace(/^\{(.*)\}$/s, "(() => {$1})()"));
await set("topic", "0");
const ofTopic = await value(shown);
assert.ok(ofTopic > 0 && ofTopic < rows, `${ofTopic} of ${rows} articles have the first topic`);
assert.equal(await value("document.getElementById('found').textContent"), `${ofTopic.toLocaleString("en")} shown`);
await set("topic", "");
await set("words", "no such words anywhere");
assert.equal(await value(shown), 0);
await set("words", "");
assert.equal(await value(shown), rows);

// An article opens by keyboard, with its paragraphs, the deciding words and the probabilities.
await value("document.querySelector('#articles tbody a').focus()");
await press("Enter");
await until("document.activeElement.id === 'reader'");
const paragraphs = await value("document.querySelectorAll('#reader .paragraph').length");
assert.ok(paragraphs > 0, "the article has paragraphs");
assert.ok(await value("document.querySelectorAll('#reader u').length") > 0, "words are underlined");
await value("document.querySelector('#reader .chip').focus()");
await until("!document.getElementById('tip').hidden", "the tooltip shows at the keyboard");
assert.match(await value("document.getElementById('tip').textContent"), /^\S+ [01]\.\d{3}\n/);
assert.equal(await value("document.querySelector('#reader .chip').getAttribute('aria-describedby')"), "tip");
await shot("article");
await press("Escape");
assert.equal(await value("document.getElementById('tip').hidden"), true, "Escape takes the tooltip away");

// The metrics are explained on hover.
await value("(document.querySelector('#reader details').open = true)");
const name = "document.querySelectorAll('#reader .name')[30]";
// Paragraphs get their heights as they come into view, so the place is not where it was at once.
for (let i = 0; i < 5; i += 1) await value(`${name}.scrollIntoView({ block: 'center' })`);
const [x, y] = await value(`(({ left, top }) => [left + 5, top + 5])(${name}.getBoundingClientRect())`);
await send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
await until("!document.getElementById('tip').hidden", "the tooltip shows on hover");
assert.match(await value("document.getElementById('tip').textContent"), / = /);
await shot("metrics");
await send("Input.dispatchMouseEvent", { type: "mouseMoved", x: 1, y: 1 });

// Escape goes back to the list.
await until("document.getElementById('tip').hidden");
await press("Escape");
await until("document.getElementById('reader').hidden", "Escape closes the article");
assert.equal(await value("document.activeElement.tagName"), "A");

// Every article opens, and nothing in it becomes markup.
for (let i = 0; i < Math.min(rows, 60); i += 1) {
  await value(`(location.hash = 'a${i}')`);
  const open = "document.querySelector('tr.open a')?.hash === location.hash && document.querySelector('#reader h2') !== null";
  await until(open, `article ${i} opens`);
}
const foreign = "document.querySelectorAll('img, iframe, object, embed, link, [onload], [onerror], #articles script, #reader script, #reader svg').length";
assert.equal(await value(foreign), 0);
const opening = await value(
  "new Promise((done) => { const begun = performance.now();" +
  " addEventListener('hashchange', () => requestAnimationFrame(() => done(performance.now() - begun)), { once: true });" +
  " location.hash = 'a0' })");

await value("(location.hash = '')");
await until("document.getElementById('reader').hidden");
await view(1280, 900, "dark");
await value("scrollTo(0, 0)");
await shot("dark");
await value("(location.hash = 'a0')");
await until("document.activeElement.id === 'reader'");
await shot("dark-article");
await value("(location.hash = '')");
await until("document.getElementById('reader').hidden");
await view(390, 800, "light");
await value("scrollTo(0, 0)");
await shot("narrow");
assert.ok(await value("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than a narrow screen");
await value("document.getElementById('list').scrollIntoView()");
await shot("narrow-list");
await value("(location.hash = 'a0')");
await until("document.activeElement.id === 'reader'");
await shot("narrow-article");
if (shots) {
  const { data } = await send("Page.printToPDF", { printBackground: true });
  writeFileSync(`${shots}/print.pdf`, Buffer.from(data, "base64"));
}

for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
  await view(width, 900, scheme);
  const loaded = event("Page.loadEventFired");
  await send("Page.navigate", { url: pathToFileURL(comparison).href });
  await loaded;
  assert.ok(await value("document.querySelectorAll('#topic-shares tbody tr').length > 2"), "groups have topics");
  assert.ok(await value("document.querySelectorAll('#means svg').length > 0"), "groups have means");
  assert.equal(await value("document.querySelectorAll('script, img, iframe, link, [onload], [onerror]').length"), 0);
  assert.ok(await value("document.documentElement.scrollWidth <= innerWidth"), "a comparison is no wider than the screen");
  await shot(`comparison-${width}-${scheme}`);
  await value("document.querySelector('details.fold summary').focus()");
  await press("Enter");
  await until("document.querySelector('details.fold').open", "a table unfolds by the keyboard");
  await value("document.querySelector('#means').scrollIntoView()");
  await shot(`comparison-${width}-${scheme}-tables`);
}

assert.deepEqual(complaints, [], "the page loads without errors, dialogs or requests");
await send("Browser.close");
await new Promise((resolve) => browser.exitCode === null ? browser.on("exit", resolve) : resolve());
console.log(`browser: ${rows} articles, loaded in ${took.toFixed(0)} ms, one opened in ${opening.toFixed(0)} ms`);
clearTimeout(limit);
