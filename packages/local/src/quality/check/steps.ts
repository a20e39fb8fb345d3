/** The steps of `npm run check`, cheap ones first. A further check is a further line in `steps`. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AnyEventDefinition, Saga } from "@tillstream/eventing";
import { checkBoundaries } from "./boundaries.ts";
import type { PackageExports } from "./boundaries.ts";
import { checkCycles } from "./cycles.ts";
import { checkEventSchemas, readSnapshot } from "./event-schemas.ts";
import { formatFinding } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { checkLayout } from "./layout.ts";
import { runTool } from "./run-tool.ts";
import type { ToolResult } from "./run-tool.ts";
import { checkSagaShapes, readSagaShapes } from "./saga-shapes.ts";
import { checkSettingsListed } from "./settings-listed.ts";
import { checkShopWords } from "./shop-words.ts";
import { readSourceFiles } from "./source-files.ts";

export interface Step {
  readonly name: string;
  run(root: string): Promise<ToolResult>;
}

export const steps: readonly Step[] = [
  { name: "format", run: (root) => runTool("oxfmt", ["--check", "--no-error-on-unmatched-pattern"], root) },
  { name: "boundaries", run: async (root) => resultOf(findBoundaryViolations(root)) },
  { name: "schemas", run: async (root) => resultOf(checkEventSchemas(await eventDefinitions(), readSnapshot(root))) },
  { name: "sagas", run: async (root) => resultOf(checkSagaShapes(await sagaDefinitions(), readSagaShapes(root))) },
  { name: "lint", run: (root) => runTool("oxlint", [], root) },
  { name: "types", run: checkTypes },
  { name: "dead code", run: (root) => runTool("knip", ["--no-progress"], root) },
];

/** All of them unless some are named; a name that is none is an error. */
export function stepsNamed(names: readonly string[] = steps.map(({ name }) => name)): readonly Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) throw new Error(`there is no step ${unknown.join(", ")} of npm run check`);
  return steps.filter(({ name }) => names.includes(name));
}

export function findBoundaryViolations(root: string): Finding[] {
  const files = readSourceFiles(root);
  if (files.length === 0)
    throw new Error(`no source files under ${root}: a check that looks at nothing proves nothing`);
  return [
    ...checkBoundaries(files, readPackageExports(root)),
    ...checkCycles(files),
    ...checkShopWords(files),
    ...checkLayout(files),
    ...checkSettingsListed(files, readFileSync(join(root, ".env.example"), "utf8")),
  ];
}

/** Loaded only when asked for: a caller of another step need not wait for the shop. */
export async function eventDefinitions(): Promise<readonly AnyEventDefinition[]> {
  const { eventCatalogue } = await import("@tillstream/commerce");
  return [...eventCatalogue.definitions.values()];
}

export async function sagaDefinitions(): Promise<readonly Saga[]> {
  const { describeDeployment } = await import("@tillstream/commerce");
  return describeDeployment().sagas;
}

/** Type-checks each workspace by its own tsconfig, one after the other, and reports all of them. */
async function checkTypes(root: string): Promise<ToolResult> {
  const projects = globSync("{apps,packages}/*/tsconfig.json", { cwd: root }).map(dirname).toSorted();
  if (projects.length === 0) return { ok: false, output: "no workspace has a tsconfig.json" };
  const results: ToolResult[] = [];
  for (const project of projects) {
    if (globSync(`${project}/{src,app}/**/*.{ts,tsx}`, { cwd: root }).length === 0) continue;
    results.push(await runTool("tsc", ["-p", project, "--noEmit", "--pretty", "false"], root));
  }
  const failed = results.filter(({ ok }) => !ok);
  return { ok: failed.length === 0, output: failed.map(({ output }) => output).join("\n") };
}

function readPackageExports(root: string): PackageExports {
  const manifests = globSync("packages/*/package.json", { cwd: root });
  return new Map(
    manifests.map((path) => {
      const { exports = {} } = JSON.parse(readFileSync(join(root, path), "utf8")) as {
        exports?: Record<string, string>;
      };
      return [path.split(/[\\/]/)[1] ?? "", Object.keys(exports)];
    }),
  );
}

function resultOf(findings: readonly Finding[]): ToolResult {
  return { ok: findings.length === 0, output: findings.map(formatFinding).join("\n") };
}
