/** How much JavaScript a page of the console brings, gzipped, by what the build says of each. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { REPOSITORY_ROOT } from "../environment/places.ts";
import { setUpStage } from "./stage.ts";

const BYTES_MAX = 300_000;
const BUILD = join(REPOSITORY_ROOT, "apps/admin/.next");
const MANIFEST = "/page_client-reference-manifest.js";

setUpStage(); // which builds

const weights = new Map<string, number>();

function weightOf(file: string): number {
  const weight = weights.get(file) ?? gzipSync(readFileSync(join(BUILD, file))).length;
  weights.set(file, weight);
  return weight;
}

/** The file assigns one value: the page's. */
function scriptsOf(manifest: string): string[] {
  const text = readFileSync(join(BUILD, "server/app", manifest), "utf8");
  const { entryJSFiles } = JSON.parse(text.slice(text.indexOf("] = ") + 4).replace(/;\s*$/, "")) as {
    entryJSFiles: Record<string, string[]>;
  };
  return Object.values(entryJSFiles).flat();
}

it("no page of the console brings more than 300 kB", () => {
  const { rootMainFiles } = JSON.parse(readFileSync(join(BUILD, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const pages = globSync(`**${MANIFEST}`, { cwd: join(BUILD, "server/app") }).map((manifest) => {
    const scripts = new Set([...rootMainFiles, ...scriptsOf(manifest)]);
    return { page: manifest.replace(MANIFEST, ""), bytes: [...scripts].reduce((sum, file) => sum + weightOf(file), 0) };
  });
  expect(pages.length).toBeGreaterThan(25);
  expect(pages.filter(({ bytes }) => bytes > BYTES_MAX)).toEqual([]);
});
