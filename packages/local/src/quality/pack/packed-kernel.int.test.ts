import { spawn } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createTestDatabase } from "@tillstream/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { packKernel } from "./pack-kernel.ts";
import { runNpm } from "./run-npm.ts";
import { untilEnded } from "../child-output.ts";

const INSTALL_TIMEOUT_MS = 120_000;
const TRIES_MAX = 3;
const README = join(REPOSITORY_ROOT, "packages/eventing/README.md");
const FOREIGN_STORE = "foreign-store.test.mjs";

/** A project that has the tarballs, what they depend on, and vitest: nothing else of this repository. */
let project: string;
beforeAll(async () => {
  const folder = temporaryFolder("packed");
  const tarballs = await packKernel(join(folder, "pack"));
  project = join(folder, "project");
  await mkdir(project);
  const versions = await Promise.all(["package.json", "packages/eventing/package.json"].map(readManifest));
  const dependencies = Object.fromEntries(tarballs.map((path) => [`@tillstream/${nameOf(path)}`, `file:${path}`]));
  const [root, kernel] = versions;
  const others = { vitest: root?.devDependencies["vitest"], zod: kernel?.dependencies["zod"] };
  const manifest = { type: "module", dependencies: { ...dependencies, ...others } };
  await writeFile(join(project, "package.json"), JSON.stringify(manifest));
  await install(tarballs.map((path) => [join(folder, "pack", nameOf(path)), installed(nameOf(path))]));
}, INSTALL_TIMEOUT_MS);
const installed = (name: string) => join(project, "node_modules/@tillstream", name);
const filesIn = async (folder: string) => (await readdir(folder, { recursive: true })).length;

/** Where the disk is busy npm may leave files of a tarball out and end well (its TAR_ENTRY_ERROR is a warning). */
async function install(
  packages: readonly (readonly [packed: string, installed: string])[],
  tries = TRIES_MAX,
): Promise<void> {
  await rm(join(project, "node_modules"), { recursive: true, force: true });
  await runNpm(["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"], project);
  const counts = await Promise.all(packages.map((folders) => Promise.all(folders.map(filesIn))));
  if (counts.every(([packed = 0, there = 0]) => there >= packed)) return;
  if (tries === 1) throw new Error(`npm left files out: ${JSON.stringify(counts)}`);
  return install(packages, tries - 1);
}

afterAll(() => rm(join(project, ".."), { recursive: true }));

type Manifest = Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>;
const readManifest = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(REPOSITORY_ROOT, path), "utf8")) as Manifest;
const nameOf = (tarball: string) => basename(tarball).replace(/^tillstream-(.*)-[\d.]+\.tgz$/, "$1");

async function run(script: string, ...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script, ...args], { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
  const { code, out, complaints } = await untilEnded(child);
  return { code, output: out + complaints };
}

it("the program of the kernel's README does what it says, on a database that has nothing yet", async () => {
  const [, program = ""] = /```js\n(.*?)```/s.exec(await readFile(README, "utf8")) ?? [];
  const [, says = ""] = /It prints:\n\n```\n(.*?)```/s.exec(await readFile(README, "utf8")) ?? [];
  expect(program.split("\n").length).toBeLessThan(80);
  await writeFile(join(project, "main.js"), program);
  await using database = await createTestDatabase({ isEmpty: true });
  const { output } = await run("main.js", database.url);
  expect(output).toBe(says);
});

it("a store of somebody else's is held against the contract: each of three faults fails it, a sound one does not", async () => {
  await cp(join(import.meta.dirname, "project", FOREIGN_STORE), join(project, FOREIGN_STORE));
  const { code } = await run("node_modules/vitest/vitest.mjs", "run", "--reporter=json", "--outputFile=report.json");
  expect(code).toBe(1);
  const report = await readFile(join(project, "report.json"), "utf8");
  const [{ assertionResults }] = JSON.parse(report).testResults as [
    { assertionResults: readonly { ancestorTitles: readonly string[]; status: string }[] },
  ];
  const failed = assertionResults.filter(({ status }) => status === "failed");
  const stores = new Set(failed.map(({ ancestorTitles }) => ancestorTitles.join()));
  expect([...stores].toSorted()).toEqual([
    "an event store (forgets where it was told to begin)",
    "an event store (loses the metadata)",
    "an event store (overwrites: it believes every writer)",
  ]);
  expect(assertionResults.some(({ ancestorTitles }) => ancestorTitles.join().includes("(sound)"))).toBe(true);
});
