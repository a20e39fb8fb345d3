/** Contact sheets: all mails, and all drawings of the shop, each on one picture to look at together. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleMails } from "@tillstream/commerce/mail-samples";
import type { Browser } from "playwright-core";
import { PUBLIC } from "../pictures/drawing.ts";

interface Sheet {
  readonly name: string;
  readonly themes: readonly ("light" | "dark")[];
  readonly across: number;
  readonly cellWidth: number;
  cells(): Promise<readonly { readonly name: string; readonly html: string }[]>;
}

const escaped = (html: string): string => html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

const SHEETS: readonly Sheet[] = [
  {
    name: "sheet-mails",
    themes: ["light", "dark"],
    across: 5,
    cellWidth: 640,
    cells: async () =>
      (await sampleMails()).map(({ name, html }) => ({
        name,
        html: `<iframe srcdoc="${escaped(html)}"></iframe>`,
      })),
  },
  {
    name: "sheet-drawings",
    themes: ["light"],
    across: 20,
    cellWidth: 120,
    cells: async () =>
      globSync("**/*.svg", { cwd: PUBLIC })
        .toSorted()
        .map((file) => {
          const source = readFileSync(join(PUBLIC, file)).toString("base64");
          return { name: file, html: `<img src="data:image/svg+xml;base64,${source}">` };
        }),
  },
];

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; display: flex; flex-wrap: wrap; align-items: flex-start; }
  figure { margin: 0; }
  iframe, img { border: 0; display: block; width: 100%; }
  figcaption { font: 11px sans-serif; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
`;

/** Every frame as high as what is in it. A drawing that cannot be shown fails. Text, since this package knows no browser's types. */
const SHOW_WHOLE = `(async () => {
  for (const frame of document.querySelectorAll("iframe")) frame.height = frame.contentDocument.documentElement.scrollHeight;
  await Promise.all([...document.images].map((image) => image.decode()));
})()`;

/** Resolves to the files that were written. */
export async function takeSheets(
  browser: Browser,
  folder: string,
  isWanted: (sheet: { readonly name: string }) => boolean,
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const { name, themes, across, cellWidth, cells } of SHEETS.filter(isWanted)) {
    const figures = (await cells()).map(
      (cell) => `<figure style="width: ${cellWidth}px">${cell.html}<figcaption>${cell.name}</figcaption></figure>`,
    );
    for (const colorScheme of themes) {
      const page = await browser.newPage({ viewport: { width: across * cellWidth, height: 800 }, colorScheme });
      await page.setContent(`<!doctype html><style>${STYLE}</style>${figures.join("")}`, { waitUntil: "load" });
      await page.evaluate(SHOW_WHOLE);
      const file = `${name}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true });
      await page.close();
      files.push(file);
    }
  }
  return files;
}
