/**
 * No knots: the rooms of a package (the folders right under its `src`, and files that lie there themselves) form no cycle, and
 * nor do its files, so that each can be read after those that it builds on. Tests and the entry `index.ts` see everything.
 *
 * An own walk: the tools for this read TypeScript through a compiler's API that ours no longer has, or stumble over `using`.
 */
import { posix } from "node:path";
import type { Finding } from "./finding.ts";
import { importsOf } from "./imports.ts";
import { isTest, workspaceOf } from "./source-files.ts";
import type { SourceFile } from "./source-files.ts";

/** An import within a package, from one file to another. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

export function checkCycles(files: readonly SourceFile[]): Finding[] {
  const arrows = files.filter(({ path }) => isRead(path)).flatMap(arrowsFrom);
  return [
    ...findCycles(arrows, (path) => path).map((cycle) => toFinding("file-cycle", cycle)),
    ...findCycles(arrows, roomOf).map((cycle) => toFinding("folder-cycle", cycle)),
  ];
}

const isRead = (path: string): boolean => workspaceOf(path) !== undefined && !isTest(path) && !isEntry(path);
const isEntry = (path: string): boolean => path === `${workspaceOf(path)}/src/index.ts`;

function arrowsFrom({ path, text }: SourceFile): Arrow[] {
  return importsOf(text)
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ specifier, line }) => ({ from: path, to: posix.join(posix.dirname(path), specifier), line }))
    .filter(({ to }) => isRead(to));
}

/** `packages/eventing/src/bus/kafka/record.ts` -> `packages/eventing/src/bus`; a file right under `src` is a room of its own. */
function roomOf(path: string): string {
  return /^[^/]+\/[^/]+\/src\/[^/]+/.exec(path)?.[0] ?? path;
}

/** Cycles that have nothing in common, as the arrows that close each; empty when none is found. */
function findCycles(arrows: readonly Arrow[], nodeOf: (path: string) => string): (readonly Arrow[])[] {
  const out = new Map<string, Map<string, Arrow>>();
  for (const arrow of arrows) {
    const [from, to] = [nodeOf(arrow.from), nodeOf(arrow.to)];
    if (from === to) continue;
    const known = out.get(from) ?? new Map<string, Arrow>();
    if (!known.has(to)) known.set(to, arrow);
    out.set(from, known);
  }
  const done = new Set<string>();
  const found: (readonly Arrow[])[] = [];
  for (const node of out.keys()) {
    const cycle = cycleFrom(node, out, done);
    if (cycle !== undefined) found.push(cycle);
  }
  return found;
}

/** Walks depth first from `start`; a node that is left is done for good. */
function cycleFrom(
  start: string,
  out: ReadonlyMap<string, ReadonlyMap<string, Arrow>>,
  done: Set<string>,
): readonly Arrow[] | undefined {
  const path: { node: string; by?: Arrow; left: [string, Arrow][] }[] = [];
  const enter = (node: string, by?: Arrow) =>
    path.push({ node, ...(by && { by }), left: [...(out.get(node) ?? new Map<string, Arrow>())] });
  if (!done.has(start)) enter(start);
  for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
    const next = here.left.pop();
    if (next === undefined) {
      done.add(here.node);
      path.pop();
      continue;
    }
    const [node, arrow] = next;
    const seenAt = path.findIndex((one) => one.node === node);
    if (seenAt >= 0) {
      for (const one of path) done.add(one.node);
      return [...path.slice(seenAt + 1).flatMap(({ by }) => by ?? []), arrow];
    }
    if (!done.has(node)) enter(node, arrow);
  }
  return undefined;
}

function toFinding(rule: string, cycle: readonly Arrow[]): Finding {
  const [{ from: path, line } = { from: "", line: 0 }] = cycle;
  const way = cycle.map(({ from, to }) => `${from} needs ${to}`).join(", ");
  return { rule, path, line, message: `goes round in a circle: ${way}` };
}
