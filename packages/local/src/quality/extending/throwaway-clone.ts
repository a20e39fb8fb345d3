/** This repository as it lies here, in a folder of its own with a history of its own. Its packages are its own; others' are shared. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { childEnv } from "../../environment/child-env.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { untilEnded } from "../child-output.ts";

const WORKSPACES = "@tillstream";
const GENERATED = "packages/db/src/generated";
/** What would tell the clone's commands that they are part of this test run, or git that it is at work elsewhere. */
const NOT_OURS = Object.fromEntries(
  ["VITEST", "VITEST_MODE", "VITEST_POOL_ID", "VITEST_WORKER_ID", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"].map(
    (name) => [name, undefined],
  ),
);

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface ThrowawayClone extends Disposable {
  readonly folder: string;
  /** Runs a script under the node that runs us. */
  runScript(script: string, args: readonly string[]): Promise<Ended>;
  /** The files that differ from those of the last call, in order. */
  changedFiles(): Promise<readonly string[]>;
}

export async function cloneRepository(): Promise<ThrowawayClone> {
  const folder = temporaryFolder("extending");
  const git = async (...args: string[]) => outputOf(await run("git", args, folder));
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], REPOSITORY_ROOT);
  for (const path of [...outputOf(listed).split("\0"), GENERATED]) {
    const source = join(REPOSITORY_ROOT, path);
    if (path !== "" && existsSync(source)) cpSync(source, join(folder, path), { recursive: true });
  }
  for (const workspace of ["", ...globSync("{apps,packages}/*", { cwd: REPOSITORY_ROOT })])
    linkModules(workspace, folder);
  await git("init", "--quiet");
  await git("add", "--all");
  return {
    folder,
    runScript: (script, args) => run(process.execPath, [join(folder, script), ...args], folder),
    async changedFiles() {
      const changed = await git("diff", "--name-only", "--no-renames", "--diff-filter=MD");
      const added = await git("ls-files", "--others", "--exclude-standard");
      await git("add", "--all");
      return `${changed}${added}`
        .split("\n")
        .filter((path) => path !== "")
        .toSorted();
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function linkModules(workspace: string, folder: string): void {
  const here = join(REPOSITORY_ROOT, workspace, "node_modules");
  const there = join(folder, workspace, "node_modules");
  if (!existsSync(here)) return;
  mkdirSync(there, { recursive: true });
  for (const name of readdirSync(here)) {
    if (name === WORKSPACES) cpSync(join(here, name), join(there, name), { recursive: true, verbatimSymlinks: true });
    else if (!name.startsWith(".") || name === ".bin") symlinkSync(join(here, name), join(there, name));
  }
}

async function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(command, args, { cwd, env: childEnv(NOT_OURS), stdio: ["ignore", "pipe", "pipe"] });
  const { code, out, complaints } = await untilEnded(child);
  return { code, output: `${out}${complaints}` };
}

function outputOf({ code, output }: Ended): string {
  if (code !== 0) throw new Error(output);
  return output;
}
