/** The finished drawings of the catalogue, taken apart: what stands on the stage without the stage, and how large it is. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser } from "playwright-core";

export const PUBLIC = join(import.meta.dirname, "../../../../apps/storefront/public");

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly name: string;
  /** Gradients for shadows and flames. */
  readonly defs: string;
  readonly art: string;
  /** Around everything but shadows and glows. */
  readonly box: Box;
  /** Whether it stands on a table. The others hang on a wall or lie on paper. */
  readonly stands: boolean;
}

/** Wall, light, and for what stands: table and its edge. */
const STAGE = /^(?:<path d="[^"]*" fill="[^"]*"(?: opacity="[^"]*")?\/>){2}/;
const TABLE = /^<path d="M0 612H800V1000H0Z"[^>]*\/><path d="M0 612H800v5H0Z"[^>]*\/>/;
const WHOLE = /^<svg [^>]*>(<defs>.*?<\/defs>)(.*)<\/svg>\s*$/s;

function takeApart(name: string, svg: string): Omit<Drawing, "box"> {
  const [, defs = "", drawn = ""] = WHOLE.exec(svg) ?? [];
  const onStage = drawn.replace(STAGE, "");
  const art = onStage.replace(TABLE, "");
  return { name, defs, art, stands: art !== onStage };
}

/** In the browser. What is soft, such as a shadow, has no part in a thing's size. */
const MEASURE = `(() => {
  const rects = [...document.querySelectorAll("svg > g :is(path, ellipse, circle, rect, use)")]
    .filter((shape) => !shape.matches('[fill^="url("]') && shape.closest("defs, clipPath, mask") === null)
    .map((shape) => shape.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 || height > 0);
  const [left, top] = [Math.min(...rects.map((r) => r.left)), Math.min(...rects.map((r) => r.top))];
  const [right, bottom] = [Math.max(...rects.map((r) => r.right)), Math.max(...rects.map((r) => r.bottom))];
  return { x: left, y: top, width: right - left, height: bottom - top };
})()`;

/** All drawings of products by their names. Measured by a browser, since paths have to be walked for it. */
export async function readDrawings(browser: Browser): Promise<ReadonlyMap<string, Drawing>> {
  const page = await browser.newPage({ viewport: { width: 800, height: 1000 } });
  const drawings = new Map<string, Drawing>();
  for (const file of globSync("products/*.svg", { cwd: PUBLIC }).toSorted()) {
    const parts = takeApart(basename(file, ".svg"), readFileSync(join(PUBLIC, file), "utf8"));
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1000" viewBox="0 0 800 1000">${parts.defs}<g>${parts.art}</g></svg>`;
    await page.setContent(`<style>*{margin:0}</style>${svg}`);
    drawings.set(parts.name, { ...parts, box: await page.evaluate<Box>(MEASURE) });
  }
  await page.close();
  return drawings;
}

const round = (value: number): number => Math.round(value * 100) / 100;

let used = 0;

/** Each copy has ids of its own: two drawings in one picture may not meet in them. */
function withOwnIds(markup: string): string {
  const copy = (used += 1);
  return markup
    .replaceAll(/\bid="(\w+)"/g, `id="$1_${copy}"`)
    .replaceAll(/url\(#(\w+)\)/g, `url(#$1_${copy})`)
    .replaceAll(/href="#(\w+)"/g, `href="#$1_${copy}"`);
}

/** The same pictures from the same drawings: what is numbered is numbered from one. */
export function beginPicture(): void {
  used = 0;
}

interface Place {
  /** Where the middle of its foot goes. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** In degrees, about its middle. */
  readonly turn?: number;
}

export function placed({ defs, art, box }: Drawing, { x, y, scale, turn = 0 }: Place): string {
  const [middle, foot] = [box.x + box.width / 2, box.y + box.height];
  const turned = turn === 0 ? "" : `rotate(${turn} ${round(middle)} ${round(box.y + box.height / 2)})`;
  const moved = `translate(${round(x - middle * scale)} ${round(y - foot * scale)})scale(${round(scale)})${turned}`;
  return withOwnIds(`${defs}<g transform="${moved}">${art}</g>`);
}
