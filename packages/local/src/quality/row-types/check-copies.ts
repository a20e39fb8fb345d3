/**
 * Holds the rows that the code asserts against those that tests got. In a copy of each package every `query<Row>` becomes
 * `query<Gives<Row, ...>>` with the rows that were seen, and the compiler says which of them are not a `Row`.
 */
import { existsSync, globSync } from "node:fs";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "../check/run-tool.ts";
import { insertAt, PRODUCT_CODE, queryCalls, versionOf } from "./queries.ts";
import type { QueryCall } from "./queries.ts";
import type { Seen } from "./seen.ts";

export interface RowReport {
  readonly checked: number;
  /** Calls that gave no row, as `file:line`. */
  readonly unseen: readonly string[];
  /** What the compiler says; empty when every row fits. */
  readonly wrong: readonly string[];
}

const NOT_COPIED = /\/node_modules$|\.test\.tsx?$/;
const GIVES = "type Gives<Row, _Seen extends Row> = Row; ";

interface Described extends QueryCall {
  readonly line: number;
  /** The types of the rows that were seen. */
  readonly rows: readonly string[];
}

/**
 * @param root of the repository
 * @param copies an empty folder below it
 */
export async function checkRowTypes(root: string, copies: string, seen: readonly Seen[]): Promise<RowReport> {
  const sources = globSync("packages/*/src/**/*.ts", { cwd: root }).filter((path) => PRODUCT_CODE.test(path));
  const unseen: string[] = [];
  const packages = new Set<string>();
  let checked = 0;
  for (const file of sources.toSorted()) {
    const code = await readFile(join(root, file), "utf8");
    const calls = describedCalls(file, code, seen);
    const withRows = calls.filter(({ rows }) => rows.length > 0);
    unseen.push(...calls.filter((call) => !withRows.includes(call)).map(({ line }) => `${file}:${line}`));
    if (withRows.length === 0) continue;
    checked += withRows.length;
    const folder = file.split("/").slice(0, 2).join("/");
    if (!packages.has(folder)) await copyPackage(root, copies, folder);
    packages.add(folder);
    await writeFile(join(copies, file), withSeen(code, withRows));
  }
  const wrong: string[] = [];
  for (const folder of packages) {
    const { output } = await runTool("tsc", ["-p", folder, "--noEmit", "--pretty", "false"], copies);
    if (output !== "") wrong.push(output);
  }
  return { checked, unseen, wrong };
}

/** Without tests; what it depends on is found where the package finds it. */
async function copyPackage(root: string, copies: string, folder: string): Promise<void> {
  await cp(join(root, "tsconfig.base.json"), join(copies, "tsconfig.base.json"));
  await cp(join(root, folder), join(copies, folder), { recursive: true, filter: (path) => !NOT_COPIED.test(path) });
  const modules = join(root, folder, "node_modules");
  if (existsSync(modules)) await symlink(modules, join(copies, folder, "node_modules"), "junction");
}

/** Only what was seen of this very text of the file counts. */
function describedCalls(file: string, code: string, seen: readonly Seen[]): readonly Described[] {
  if (!code.includes(".query<")) return [];
  const version = versionOf(code);
  const here = seen.filter((one) => one.file === file && one.version === version);
  return queryCalls(code).map((call, index) => ({
    ...call,
    line: code.slice(0, call.start).split("\n").length,
    rows: [...new Set(here.filter((one) => one.call === index).map(({ row }) => row))],
  }));
}

/** On the same lines as the source. */
function withSeen(code: string, calls: readonly Described[]): string {
  const pieces = calls.flatMap(({ type, rows }) => [
    [type.start, "Gives<"] as const,
    [type.end, `, ${rows.join(" | ")}>`] as const,
  ]);
  return GIVES + insertAt(code, pieces);
}
