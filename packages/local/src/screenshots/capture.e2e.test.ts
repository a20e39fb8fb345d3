/** Pages with one fault each, in a real browser: none of them gets away as a picture. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, NO_BROWSER } from "../environment/browser.ts";
import { capture } from "./capture.ts";

const SHEET = `<link rel="stylesheet" href="/style.css">`;
const PAGES: Readonly<Record<string, string>> = {
  "/sound": `${SHEET}<h1>Sound</h1><img src="/dot.svg" loading="lazy">`,
  "/unstyled": "<h1>No style sheet at all</h1>",
  "/missing": `<link rel="stylesheet" href="/gone.css"><h1>Its style sheet is gone</h1>`,
  "/throws": `${SHEET}<script>throw new Error("it broke")</script>`,
  "/no-image": `${SHEET}<img src="/gone.png">`,
};
const PARTS: Readonly<Record<string, readonly [type: string, body: string]>> = {
  "/style.css": ["text/css", "h1 { color: green }"],
  "/dot.svg": ["image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>`],
};

const folder = mkdtempSync(join(tmpdir(), "tillstream-pictures-"));
const server = createServer((request, response) => {
  const path = request.url ?? "";
  const [type, body] = PARTS[path] ?? ["text/html", PAGES[path]];
  response.writeHead(body === undefined ? 404 : 200, { "content-type": type }).end(body);
});
let browser: Browser | undefined;
let url: string;

beforeAll(async () => {
  browser = await launchBrowser();
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(async () => {
  await browser?.close();
  server.close();
  rmSync(folder, { recursive: true });
});

test("a whole page becomes a picture", async (context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  const path = join(folder, "sound.png");
  await using pages = await browser.newContext();
  await capture(pages, { url: `${url}/sound`, path, fullPage: true });
  expect(existsSync(path)).toBe(true);
});

test.for([
  ["/unstyled", "the page has no style sheet"],
  ["/missing", "/gone.css: status 404"],
  ["/throws", "script error: it broke"],
  ["/no-image", "/gone.png: status 404"],
] as const)("%s is refused: %s", async ([page, fault], context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  await using pages = await browser.newContext();
  const path = join(folder, "faulty.png");
  await expect(capture(pages, { url: url + page, path, fullPage: true })).rejects.toThrow(fault);
  expect(existsSync(path)).toBe(false);
});
