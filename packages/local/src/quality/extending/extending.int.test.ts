/** The guide, followed in a throwaway clone: each section's files, its commands and what they say, and at the end its own tests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { followSection } from "./follow.ts";
import { readGuide } from "./read-guide.ts";
import { cloneRepository } from "./throwaway-clone.ts";
import type { ThrowawayClone } from "./throwaway-clone.ts";

const GUIDE = readFileSync(join(REPOSITORY_ROOT, "docs/extending.md"), "utf8");
const STEP_TIMEOUT_MS = 240_000;
/** Of `npm run check`: what a section can break, without the linter and the other packages. */
const CHECKS = "format,boundaries,schemas,sagas";

let clone: ThrowawayClone;
beforeAll(async () => {
  clone = await cloneRepository();
}, STEP_TIMEOUT_MS);
afterAll(() => clone[Symbol.dispose]());

async function script(path: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await clone.runScript(path, args);
  if (code !== 0) throw new Error(`${path} ${args.join(" ")}:\n${output}`);
  return output;
}

async function check(args: readonly string[]): Promise<string> {
  const types = script(
    "node_modules/typescript/bin/tsc",
    "-p",
    "packages/commerce",
    "--noEmit",
    "--incremental",
    "--tsBuildInfoFile",
    ".data/commerce.tsbuildinfo",
  );
  const [output] = await Promise.all([script("packages/local/src/check.ts", ...args, "--only", CHECKS), types]);
  return output;
}

async function run(commandLine: string): Promise<string> {
  const [, name, args = ""] = /^npm (?:run )?(check|test)(?: -- (.*))?$/.exec(commandLine) ?? [];
  if (name === "check") return check(args.split(" "));
  if (name === "test") return script("packages/local/src/test.ts", ...args.split(" "));
  throw new Error(`the test does not know how to run "${commandLine}"`);
}

it.each(readGuide(GUIDE).map((section) => [section.title, section] as const))(
  "%s",
  async (_, section) => {
    await followSection(section, clone.folder, run);
    expect(await clone.changedFiles()).toEqual(section.files);
  },
  STEP_TIMEOUT_MS,
);
