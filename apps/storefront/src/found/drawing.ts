/** A drawing of the shop's for a picture that is made of it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the catalogue names as pictures, and no way out of their folder. */
const DRAWING = /^\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.svg$/;

/** As an address that holds the whole file; undefined where there is no such drawing. */
export async function drawing(path: string): Promise<string | undefined> {
  if (!DRAWING.test(path)) return undefined;
  const svg = await readFile(join(process.cwd(), "public", path)).catch(() => undefined);
  return svg && `data:image/svg+xml;base64,${svg.toString("base64")}`;
}
