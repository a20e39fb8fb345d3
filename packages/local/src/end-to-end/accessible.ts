/** What axe-core says of a page as it stands. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Text, since this package knows no browser's types. What fades in has little contrast, so that it is waited for; what is scrolled
 * under the page's bar looks too small to touch.
 */
const FINDINGS = `(async () => {
  scrollTo({ top: 0, behavior: "instant" });
  const moves = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations < Infinity);
  await Promise.allSettled(moves.map(({ finished }) => finished));
  const options = { runOnly: ["wcag2a", "wcag2aa", "wcag22aa"], resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => location + " " + id + ": " + nodes[0].html);
})()`;

export const WIDE = { width: 1_280, height: 900 };
const NARROW = { width: 390, height: 844 };

/** No serious finding. */
export async function accessible(page: Page): Promise<void> {
  // The title of a page that was led to comes a moment after it.
  await expect.poll(() => page.title()).not.toBe("");
  if (!(await page.evaluate<boolean>(`"axe" in window`))) await page.evaluate(axe.source);
  // Between two pages there may be no title for a moment.
  await expect.poll(() => page.evaluate<string[]>(FINDINGS), { timeout: 10_000 }).toEqual([]);
}

/** On a wide screen and on a small phone: no serious finding, and nothing that scrolls the page sideways. */
export async function fits(page: Page): Promise<void> {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(size.width);
    await accessible(page);
  }
  await page.setViewportSize(WIDE);
}
