import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast } from "./contrast.ts";
import { statuses } from "./status/status.ts";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
type Palette = Record<string, string>;

/** The light or dark palette of a face, read from the stylesheet itself; the console inherits what it leaves out. */
function palette(source: string, face: "shop" | "console", theme: "light" | "dark"): Palette {
  const colours: Palette = {};
  for (const [, selector = "", body = ""] of source.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (!selector.includes(`[data-face="${face}"]`) && !selector.includes(":root")) continue;
    for (const [, name = "", light = "", dark = ""] of body.matchAll(
      /--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)/g,
    )) {
      colours[name] = theme === "light" ? light : dark;
    }
  }
  return colours;
}

const grounds = ["canvas", "surface", "raised", "sunken"];
const texts = ["ink", "ink-soft", "muted", "accent-text", "code-text", "code-number", "code-literal", ...statuses];
const softs = statuses.map((status) => `${status}-soft`);
const textPairs: readonly (readonly [string, string])[] = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...softs.flatMap((soft) => ["ink", "ink-soft", "muted"].map((text) => [text, soft] as const)),
  ...statuses.map((status) => [status, `${status}-soft`] as const),
  ...["ink", "ink-soft", "muted", "accent-text"].map((text) => [text, "accent-soft"] as const),
  ["accent-ink", "accent"],
  ["accent-ink", "accent-hover"],
  ["danger-ink", "danger"],
  ["canvas", "ink"],
];
const shapePairs = ["field", "focus"].flatMap((shape) => grounds.map((ground) => [shape, ground] as const));

/** Every pair below its limit, as a readable line; a colour that is missing is a failure, not a pass. */
function failures(colours: Palette, pairs: readonly (readonly [string, string])[], limit: number): string[] {
  return pairs.flatMap(([front, back]) => {
    const [frontHex, backHex] = [colours[front], colours[back]];
    if (frontHex === undefined || backHex === undefined) return [`--${front} or --${back} is not defined`];
    const ratio = contrast(frontHex, backHex);
    return ratio >= limit ? [] : [`--${front} on --${back}: ${ratio.toFixed(2)} < ${limit}`];
  });
}

for (const face of ["shop", "console"] as const) {
  for (const theme of ["light", "dark"] as const) {
    describe(`${face}, ${theme}`, () => {
      const colours = palette(css, face, theme);
      test("every text on every ground reaches 4.5:1", () => {
        expect(failures(colours, textPairs, 4.5)).toEqual([]);
      });
      test("borders of fields and the focus ring reach 3:1", () => {
        expect(failures(colours, shapePairs, 3)).toEqual([]);
      });
    });
  }
}

test("a muted text that is too light is found", () => {
  const faded = css.replace("--muted: light-dark(#6a6156", "--muted: light-dark(#a89f94");
  expect(faded).not.toBe(css);
  expect(failures(palette(faded, "shop", "light"), textPairs, 4.5)).toContainEqual(
    expect.stringMatching(/^--muted on --canvas: 2\.\d\d < 4\.5$/),
  );
});

test("black on white has the contrast that WCAG gives as its example", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});
