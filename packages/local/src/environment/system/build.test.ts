import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourcesDigest } from "./build.ts";

let root = "";

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tillstream-sources-"));
  write("apps/storefront/src/app/page.tsx", "one");
});
afterEach(() => rmSync(root, { recursive: true }));

test.for([
  "apps/admin/src/app/page.tsx",
  "packages/ui/src/button.tsx",
  "prisma/schema/order.prisma",
  "package-lock.json",
])("a change of %s asks for a build", (path) => {
  const before = sourcesDigest(root);
  write(path, "changed");
  expect(sourcesDigest(root)).not.toBe(before);
});

test.for([
  "apps/storefront/src/cart.test.ts",
  "packages/db/src/testing.ts",
  "packages/eventing/src/testing/clock.ts",
  "packages/local/src/start.ts",
  "apps/worker/src/main.ts",
  "apps/admin/next-env.d.ts",
])("a change of %s does not", (path) => {
  const before = sourcesDigest(root);
  write(path, "changed");
  expect(sourcesDigest(root)).toBe(before);
});

test("no sources at all is a fault of the caller", () => {
  rmSync(join(root, "apps"), { recursive: true });
  expect(() => sourcesDigest(root)).toThrow("no sources");
});
