/** How much JavaScript a page needs before it can be used at all, gzipped, by what the build says of each: parts that load after it (`dynamic`) are not in it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { REPOSITORY_ROOT } from "../environment/places.ts";
import { setUpStage } from "./stage.ts";

const BUDGETS = [
  { app: "storefront", bytesMax: 170_000, pagesMin: 20 },
  { app: "admin", bytesMax: 300_000, pagesMin: 25 },
] as const;
const MANIFEST = "/page_client-reference-manifest.js";

setUpStage(); // which builds

const weights = new Map<string, number>();

function weightOf(path: string): number {
  const weight = weights.get(path) ?? gzipSync(readFileSync(path)).length;
  weights.set(path, weight);
  return weight;
}

/** The file assigns one value: the page's. */
function scriptsOf(manifest: string): string[] {
  const text = readFileSync(manifest, "utf8");
  const { entryJSFiles } = JSON.parse(text.slice(text.indexOf("] = ") + 4).replace(/;\s*$/, "")) as {
    entryJSFiles: Record<string, string[]>;
  };
  return Object.values(entryJSFiles).flat();
}

it.each(BUDGETS)("no page of the $app brings more than $bytesMax bytes", ({ app, bytesMax, pagesMin }) => {
  const build = join(REPOSITORY_ROOT, "apps", app, ".next");
  const { rootMainFiles } = JSON.parse(readFileSync(join(build, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const pages = globSync(`**${MANIFEST}`, { cwd: join(build, "server/app") }).map((manifest) => {
    const scripts = new Set([...rootMainFiles, ...scriptsOf(join(build, "server/app", manifest))]);
    const bytes = [...scripts].reduce((sum, file) => sum + weightOf(join(build, file)), 0);
    return { page: manifest.replace(MANIFEST, ""), bytes };
  });
  expect(pages.length).toBeGreaterThan(pagesMin);
  expect(pages.filter(({ bytes }) => bytes > bytesMax)).toEqual([]);
});
