/**
 * A picture of a page, taken only when the page is whole: style sheets, fonts and images loaded, no skeleton left, nothing under
 * way, no script error. Anything else is a `PageFault` that says what was missing.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { BrowserContext, Page, Request } from "playwright-core";

const LOAD_TIMEOUT_MS = 30_000;
const QUIET_MS = 300;
const POLL_MS = 50;
const PARTS = new Set(["stylesheet", "script", "font", "image"]);
const EVENT_STREAM = "text/event-stream";
/** What the document's own status 404 makes Chromium write; parts that fail are told by their responses. */
const LOAD_MESSAGE = /^Failed to load resource/;

export class PageFault extends Error {
  override readonly name = "PageFault";
}

export interface Picture {
  readonly url: string;
  /** The PNG to write. */
  readonly path: string;
  /** Otherwise what the window shows. */
  readonly fullPage: boolean;
  /** What is done on the page before the picture is taken. */
  readonly act?: ((page: Page) => Promise<void>) | undefined;
}

/** @param context whose cookies and cart the page has */
export async function capture(context: BrowserContext, { url, path, fullPage, act }: Picture): Promise<void> {
  const page = await context.newPage();
  try {
    const { faults, open } = watch(page);
    await page.goto(url, { waitUntil: "load", timeout: LOAD_TIMEOUT_MS });
    await act?.(page);
    await whole(page, open);
    faults.push(...(await page.evaluate<string[]>(BROKEN)));
    if (faults.length > 0) throw new PageFault(faults.join("\n"));
    await page.screenshot({ path, fullPage, animations: "disabled" });
  } finally {
    await page.close();
  }
}

/** Notes what goes wrong on a page, and what it still loads. */
function watch(page: Page): { faults: string[]; open: ReadonlySet<Request> } {
  const faults: string[] = [];
  const open = new Set<Request>();
  const isPart = (request: Request) => PARTS.has(request.resourceType());
  const fault = (request: Request, what: string) => faults.push(`${request.resourceType()} ${request.url()}: ${what}`);
  page.on("request", (request) => open.add(request));
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => {
    open.delete(request);
    const reason = request.failure()?.errorText ?? "failed";
    if (isPart(request) && !reason.includes("ERR_ABORTED")) fault(request, reason);
  });
  page.on("response", (response) => {
    // It stays open for as long as the page does.
    if (response.headers()["content-type"]?.startsWith(EVENT_STREAM) === true) open.delete(response.request());
    if (isPart(response.request()) && response.status() >= 400)
      fault(response.request(), `status ${response.status()}`);
  });
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !LOAD_MESSAGE.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  return { faults, open };
}

async function whole(page: Page, open: ReadonlySet<Request>): Promise<void> {
  const deadline = Date.now() + LOAD_TIMEOUT_MS;
  for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS; await delay(POLL_MS)) {
    if (!(await page.evaluate<boolean>(WHOLE)) || open.size > 0) quietSince = Date.now();
    if (Date.now() < deadline) continue;
    const waiting = [...open].map((request) => request.url()).join(", ");
    throw new PageFault(`after ${LOAD_TIMEOUT_MS / 1_000} s it is not whole; still loading: ${waiting || "nothing"}`);
  }
}

/** Text, since this package knows no browser's types. */
const WHOLE = `(() => {
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  return document.fonts.status === "loaded"
    && images.every((image) => image.complete)
    && document.querySelector(".animate-breathe, .animate-pulse") === null;
})()`;

const BROKEN = `(() => {
  const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')];
  if (sheets.length === 0) return ["the page has no style sheet"];
  const broken = [...document.images].filter((image) => image.currentSrc !== "" && image.naturalWidth === 0);
  return [
    ...sheets.filter(({ sheet }) => sheet === null || sheet.cssRules.length === 0).map(({ href }) => "style sheet " + href + " is empty"),
    ...broken.map(({ currentSrc }) => "image " + currentSrc + " cannot be shown"),
  ];
})()`;
