/** Each rule that `.oxlintrc.json` names reports its seeded violation, where it applies and not where it is lifted. */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REPOSITORY_ROOT, runTool } from "./run-tool.ts";

interface Seed {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
}

const anywhere = (rule: string, text: string, extension = "ts"): Seed => ({
  rule,
  path: `packages/commerce/src/seeds/${rule.replace("/", "-")}.${extension}`,
  text,
});
const inKernel = (rule: string, name: string, text: string): Seed => ({
  rule,
  path: `packages/eventing/src/seeds/${name}.ts`,
  text,
});
const later = "declare const later: () => Promise<number>;\n";

const violations: readonly Seed[] = [
  anywhere("typescript/no-floating-promises", `${later}later();`),
  anywhere("typescript/no-misused-promises", `${later}if (later()) throw new Error();`),
  anywhere("typescript/await-thenable", "export const one = async (n: number) => await n;"),
  anywhere(
    "typescript/switch-exhaustiveness-check",
    'export const f = (k: "a" | "b") => { switch (k) { case "a": return 1; } return 2; };',
  ),
  anywhere("typescript/only-throw-error", 'throw "text";'),
  anywhere("typescript/no-explicit-any", "export const f = (value: any) => value;"),
  anywhere("typescript/no-non-null-assertion", "export const f = (value?: string) => value!.length;"),
  anywhere(
    "typescript/consistent-type-imports",
    'import { Seed } from "./seed.ts";\nexport const f = (seed: Seed) => seed;',
  ),
  anywhere("eslint/no-unused-vars", "const unused = 1;"),
  anywhere("import/no-cycle", 'import { other } from "./cycle-back.ts";\nexport const one = () => other;'),
  anywhere("node/no-process-env", "export const home = process.env.HOME;"),
  anywhere("eslint/no-restricted-imports", 'import { env } from "node:process";\nexport const home = env.HOME;'),
  anywhere("eslint/eqeqeq", "export const f = (n: number) => n == 1;"),
  anywhere("eslint/no-var", "export var one = 1;"),
  anywhere("eslint/prefer-const", "let one = 1;\nexport const two = one + one;"),
  anywhere("eslint/no-console", "console.log(1);"),
  anywhere(
    "react/rules-of-hooks",
    'import { useState } from "react";\nexport function View({ on }: { on: boolean }) { if (on) useState(1); return null; }',
    "tsx",
  ),
  anywhere(
    "react/exhaustive-deps",
    'import { useEffect } from "react";\nexport function View({ on }: { on: string }) { useEffect(() => { document.title = on; }, []); return null; }',
    "tsx",
  ),
  anywhere("eslint/max-lines", Array.from({ length: 251 }, (_, at) => `export const n${at} = ${at};`).join("\n")),
  inKernel("eslint/no-restricted-properties", "date-now", "export const now = () => Date.now();"),
  inKernel("eslint/no-restricted-properties", "math-random", "export const roll = () => Math.random();"),
  inKernel("eslint/no-restricted-globals", "set-timeout", "setTimeout(() => undefined, 1);"),
  inKernel("eslint/no-restricted-globals", "set-interval", "setInterval(() => undefined, 1);"),
  inKernel("eslint/no-restricted-globals", "fetch", 'export const get = () => fetch("http://127.0.0.1");'),
  inKernel("eslint/no-restricted-imports", "timers", 'export { setTimeout as sleep } from "node:timers/promises";'),
  inKernel("node/no-process-env", "environment", "export const home = process.env.HOME;"),
  ...[
    "order/events",
    "order/order",
    "stock/stock",
    "account/account",
    "order/projections/order-view",
    "shipping/shipment",
  ].map((file) => ({
    rule: "eslint/no-restricted-properties",
    path: `packages/commerce/src/${file}.ts`,
    text: "export const now = () => Date.now();",
  })),
];

/** The same deeds where they are allowed. */
const allowed: readonly string[] = [
  "packages/runtime/src/env.ts",
  "packages/local/src/environment/child-env.ts",
  "apps/storefront/next.config.ts",
  "vitest.config.ts",
];
const companions: readonly (readonly [path: string, text: string])[] = [
  ["packages/commerce/src/seeds/seed.ts", "export interface Seed { readonly name: string }"],
  [
    "packages/commerce/src/seeds/cycle-back.ts",
    'import { one } from "./import-no-cycle.ts";\nexport const other = () => one;',
  ],
  ["packages/commerce/src/seeds/clean.ts", "export const one = 1;"],
  ["packages/commerce/src/shipping/simulated-carrier.ts", "export const now = () => Date.now();"],
  ["packages/eventing/src/seeds/clean.test.ts", "export const now = () => Date.now();"],
  ["packages/local/src/seeds/print.ts", "console.log(1);"],
  ...allowed.map((path) => [path, "export const home = process.env.HOME;"] as const),
  [
    "tsconfig.json",
    '{ "compilerOptions": { "strict": true, "noEmit": true, "allowImportingTsExtensions": true, "module": "esnext" } }',
  ],
];

interface Report {
  readonly diagnostics: readonly { readonly code?: string; readonly filename: string }[];
}
interface Configuration {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly overrides: readonly Pick<Configuration, "rules">[];
}

let folder: string;
let reported: ReadonlySet<string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tillstream-lint-"));
  await cp(join(REPOSITORY_ROOT, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  // The type-aware half of the linter is looked for here.
  await symlink(join(REPOSITORY_ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  for (const [path, text] of [...companions, ...violations.map((seed) => [seed.path, seed.text] as const)]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${text}\n`);
  }
  const { output } = await runTool("oxlint", ["-f", "json", "packages", "apps", "vitest.config.ts"], folder);
  const { diagnostics }: Report = JSON.parse(output);
  reported = new Set(
    diagnostics.map(
      ({ code, filename }) => `${filename} ${code?.replace(/\((.*)\)/, "/$1").replace("react-hooks/", "react/")}`,
    ),
  );
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe("the linter", () => {
  it.each(violations)("reports $rule in $path", ({ rule, path }) => {
    expect(reported).toContain(`${path} ${rule}`);
  });

  it("reports nothing where nothing is wrong or a rule is lifted", () => {
    const wrong = new Set(violations.map(({ path }) => path));
    const partOfCycle = "packages/commerce/src/seeds/cycle-back.ts";
    const elsewhere = [...reported].filter(
      (line) => !wrong.has(line.split(" ")[0] ?? "") && !line.startsWith(partOfCycle),
    );
    expect(elsewhere).toEqual([]);
  });

  it("has a seeded violation for every rule that its configuration turns on", async () => {
    const text = await readFile(join(REPOSITORY_ROOT, ".oxlintrc.json"), "utf8");
    const { rules, overrides }: Configuration = JSON.parse(text);
    const all = [rules, ...overrides.map((override) => override.rules)].flatMap((group) => Object.entries(group));
    const turnedOn = new Set(all.filter(([, level]) => level !== "off").map(([rule]) => rule));
    expect(new Set(violations.map(({ rule }) => rule))).toEqual(turnedOn);
  });
});
