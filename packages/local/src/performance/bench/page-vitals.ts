/**
 * What a browser tells of one visit to a page, and the three vitals as web.dev defines them: largest contentful paint, the worst
 * session window of layout shifts (gaps below a second, five seconds at most), and the slowest interaction.
 */
import type { Page } from "playwright-core";

interface Seen {
  /** The last one that was reported, in ms. */
  readonly largestPaintMs: number;
  readonly shifts: readonly { readonly atMs: number; readonly value: number }[];
  readonly interactionsMs: readonly number[];
  readonly scriptBytes: number;
}

export interface Vitals {
  readonly lcpMs: number;
  readonly cls: number;
  readonly inpMs: number;
  /** As they came over the line, before anything was done on the page. */
  readonly scriptBytes: number;
}

const SESSION_GAP_MS = 1_000;
const SESSION_MS_MAX = 5_000;

export function cumulativeLayoutShift(shifts: Seen["shifts"]): number {
  let [worst, sum, from, last] = [0, 0, 0, Number.NEGATIVE_INFINITY];
  for (const { atMs, value } of shifts) {
    if (atMs - last >= SESSION_GAP_MS || atMs - from >= SESSION_MS_MAX) [sum, from] = [0, atMs];
    last = atMs;
    sum += value;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** In the page from its beginning. Text, since this package knows no browser's types. Events of below 16 ms are not told. */
const OBSERVE = `(() => {
  const seen = { largestPaintMs: 0, shifts: [], interactionsMs: [] };
  const takes = {
    "largest-contentful-paint": ({ startTime }) => void (seen.largestPaintMs = startTime),
    "layout-shift": ({ startTime, value, hadRecentInput }) => void (hadRecentInput || seen.shifts.push({ atMs: startTime, value })),
    event: ({ interactionId, duration }) => void (interactionId > 0 && seen.interactionsMs.push(duration)),
  };
  const observers = Object.entries(takes).map(([type, take]) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({ type, buffered: true, durationThreshold: 16 });
    return { observer, take };
  });
  globalThis.seenByBench = () => {
    for (const { observer, take } of observers) observer.takeRecords().forEach(take);
    return seen;
  };
})()`;

const SCRIPT_BYTES = `performance.getEntriesByType("resource")
  .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

/** An event is told of after the frame that shows what it did. */
const AFTER_NEXT_FRAMES = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))`;

export interface Visit {
  readonly url: string;
  /** Of a page that is never done loading: what it asks for once its scripts run. */
  readonly follows?: RegExp | undefined;
  /** Clicks and types as a person does, without leaving the page. */
  act(page: Page): Promise<void>;
}

export async function vitalsOf(page: Page, { url, follows, act }: Visit): Promise<Vitals> {
  await page.addInitScript(OBSERVE);
  await Promise.all([
    page.goto(url, { waitUntil: follows === undefined ? "networkidle" : "load" }),
    follows && page.waitForRequest(follows),
  ]);
  const scriptBytes = await page.evaluate<number>(SCRIPT_BYTES);
  await act(page);
  await page.evaluate(AFTER_NEXT_FRAMES);
  const { largestPaintMs, shifts, interactionsMs } = await page.evaluate<Seen>("seenByBench()");
  return {
    lcpMs: largestPaintMs,
    cls: cumulativeLayoutShift(shifts),
    inpMs: Math.max(0, ...interactionsMs),
    scriptBytes,
  };
}
