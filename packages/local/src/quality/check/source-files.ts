/** The files that people write in this repository, as paths relative to its root with `/`, and their text. */
import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const NOT_WRITTEN_BY_HAND = new Set(["node_modules", ".next", ".data", ".turbo", "generated", "coverage"]);
const SOURCES = "{apps,packages,prisma}/**/*.{ts,tsx,mts,mjs}";

export function readSourceFiles(root: string): SourceFile[] {
  const paths = globSync(SOURCES, { cwd: root, exclude: (path) => NOT_WRITTEN_BY_HAND.has(lastSegment(path)) });
  return paths.map((path) => ({ path: path.split(sep).join("/"), text: readFileSync(join(root, path), "utf8") }));
}

/** `packages/eventing/src/relay/relay.ts` -> `packages/eventing`; undefined outside of the workspaces. */
export function workspaceOf(path: string): string | undefined {
  return /^(?:apps|packages)\/[^/]+/.exec(path)?.[0];
}

export function isTest(path: string): boolean {
  return /\.(test|contract)\.tsx?$|\/(?:testing|end-to-end)\/|\/test-[^/]+\.ts$/.test(path);
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf(sep) + 1);
}
