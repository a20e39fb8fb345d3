/** The steps that run a whole tool each report a seeded violation in a small repository of their own. */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REPOSITORY_ROOT } from "./run-tool.ts";
import { findBoundaryViolations, steps, stepsNamed } from "./steps.ts";
import { readSourceFiles, workspaceOf } from "./source-files.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tillstream-check-"));
  for (const file of [".oxfmtrc.json", "knip.json"]) await cp(join(REPOSITORY_ROOT, file), join(root, file));
  await write(
    "package.json",
    '{\n  "name": "small",\n  "private": true,\n  "workspaces": [\n    "packages/*"\n  ]\n}\n',
  );
  await write(
    "packages/commerce/package.json",
    '{\n  "name": "commerce",\n  "exports": {\n    ".": "./src/index.ts"\n  }\n}\n',
  );
  await write(
    "packages/commerce/tsconfig.json",
    '{ "compilerOptions": { "strict": true, "types": [] }, "include": ["src"] }\n',
  );
  await write("packages/commerce/src/index.ts", "export const one: number = 1;\n");
  await write(".env.example", "");
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

function run(name: string) {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new Error(`the step ${name} does not exist`);
  return step.run(root);
}

describe("each step passes where nothing is wrong and names the file where something is", () => {
  it.each([
    ["format", "packages/commerce/src/seed.ts", "export const   one = 'x'\n"],
    ["types", "packages/commerce/src/seed.ts", 'export const one: number = "x";\n'],
    ["dead code", "packages/commerce/src/seed.ts", "export const nobodyImportsThis = 1;\n"],
    ["boundaries", "packages/commerce/src/seed.ts", 'import "../../eventing/src/index.ts";\n'],
    ["boundaries", "packages/commerce/src/utils/seed.ts", "export const one = 1;\n"],
    ["boundaries", "packages/commerce/src/shared/order/seed.ts", "export const one = 1;\n"],
    ["boundaries", "packages/eventing/src/seed.ts", "export const orderId = 1;\n"],
  ])(
    "%s: %s",
    async (name, path, text) => {
      expect(await run(name)).toMatchObject({ ok: true });
      await write(path, text);
      const { ok, output } = await run(name);
      expect(ok).toBe(false);
      expect(output.replaceAll("\\", "/")).toContain(path.replace(/\/(utils|shared)\/.*/, "/$1"));
    },
    30_000,
  );

  it("dead code: an export that nobody uses", async () => {
    await write("packages/commerce/src/index.ts", 'export { used } from "./part.ts";\n');
    await write("packages/commerce/src/part.ts", "export const used = 1;\n");
    expect(await run("dead code")).toMatchObject({ ok: true });
    await write("packages/commerce/src/part.ts", "export const used = 1;\nexport const unusedExport = 2;\n");
    expect(await run("dead code")).toMatchObject({ ok: false, output: expect.stringContaining("unusedExport") });
  }, 30_000);

  it("boundaries: a setting that .env.example does not list", async () => {
    const text = "export const seedSettings = {\n  LISTED: text(),\n  /** Why. */\n  UNLISTED: text(),\n};\n";
    await write("packages/commerce/src/settings.ts", text);
    await write(".env.example", "# LISTED=1\n");
    expect(findBoundaryViolations(root)).toMatchObject([{ rule: "settings-listed", message: "UNLISTED is missing" }]);
  });
});

it("a repository without sources is a failure, not a pass", async () => {
  await rm(join(root, "packages"), { recursive: true });
  expect(() => findBoundaryViolations(root)).toThrow("looks at nothing");
  expect(await run("types")).toMatchObject({ ok: false });
});

it("the real repository is looked at in every workspace that has sources", () => {
  const seen = new Set(readSourceFiles(REPOSITORY_ROOT).map(({ path }) => workspaceOf(path)));
  for (const workspace of [
    "apps/gateway",
    "packages/commerce",
    "packages/eventing",
    "packages/local",
    "packages/runtime",
  ]) {
    expect(seen).toContain(workspace);
  }
});

it("a step that is asked for by name is one of them", () => {
  expect(stepsNamed(["types", "boundaries"]).map(({ name }) => name)).toEqual(["boundaries", "types"]);
  expect(() => stepsNamed(["typos"])).toThrow("there is no step typos");
});
