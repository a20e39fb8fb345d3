import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { hasTests, KINDS } from "./kinds.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const FILES = [
  "packages/shop/src/price.test.ts",
  "packages/shop/src/order.int.test.ts",
  "packages/shop/src/trace.alone.int.test.ts",
  "packages/shop/src/bus.kafka.test.ts",
  "packages/shop/node_modules/other/page.e2e.test.ts",
  "apps/web/src/page.e2e.test.ts",
];

function repository(): string {
  const root = temporaryFolder("kinds");
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const file of FILES) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  return root;
}

const KINDS_OF = [
  [["price"], ["unit"]],
  [
    ["order", "price"],
    ["unit", "integration"],
  ],
  [["trace"], ["integration"]],
  [["bus"], ["kafka"]],
  [["page"], ["e2e"]],
  [["other"], []],
  [[], [...KINDS]],
] as const;

it.each(KINDS_OF)("the words %j ask for tests of the kinds %j, and for no server of another", (words, kinds) => {
  const root = repository();
  expect(KINDS.filter((kind) => hasTests(kind, words, root))).toEqual(kinds);
});
