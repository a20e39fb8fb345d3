/** Each rule with a seeded violation; then the step itself, on the real events and a tampered snapshot. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defineEvent } from "@tillstream/eventing";
import type { AnyEventDefinition } from "@tillstream/eventing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { acceptNewSchemas, checkEventSchemas, EVENT_SCHEMAS, readSnapshot } from "./event-schemas.ts";
import { REPOSITORY_ROOT } from "./run-tool.ts";
import { steps } from "./steps.ts";

let root: string;
const file = () => join(root, EVENT_SCHEMAS);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tillstream-schemas-"));
  await mkdir(dirname(file()), { recursive: true });
  await writeFile(file(), "{}\n");
});
afterEach(() => rm(root, { recursive: true }));

const v1 = z.object({ id: z.string(), lines: z.array(z.object({ sku: z.string() })) });
const Packed = defineEvent("Packed", v1);
const Sent = defineEvent("Sent", z.object({ id: z.string() }));
const Packed2 = Packed.upcastTo(v1.extend({ by: z.string() }), (data) => ({ ...data, by: "?" }), { by: "?" });

/** What is found once `published` stands in the snapshot. */
function findings(published: readonly AnyEventDefinition[], now: readonly AnyEventDefinition[]): string[] {
  acceptNewSchemas(root, published);
  return checkEventSchemas(now, readSnapshot(root)).map(({ rule, message }) => `${rule}: ${message}`);
}

describe("a published version", () => {
  it("passes as it is, and so does a new one once it is accepted", () => {
    expect(findings([Packed, Sent], [Packed, Sent])).toEqual([]);
    expect(findings([Packed2, Sent], [Packed2, Sent])).toEqual([]);
  });

  it("that changed is refused, with its field and what to do instead", () => {
    const changed = defineEvent(
      "Packed",
      z.object({ id: z.string(), lines: z.array(z.object({ sku: z.string().max(9) })) }),
    );
    expect(findings([Packed], [changed])).toEqual([
      "schema-changed: Packed v1 is published, and its field lines[].sku was changed: put v1 back as it was, and publish " +
        "the change as v2 with .upcastTo(schema, upcaster)",
    ]);
    const added = defineEvent("Packed", v1.extend({ note: z.string().optional() }));
    expect(findings([Packed], [added])[0]).toContain("Packed v1 is published, and its field note was added");
  });

  it("whose default for readers of earlier events changed is refused too", () => {
    const other = Packed.upcastTo(v1.extend({ by: z.string() }), (data) => ({ ...data, by: "me" }), { by: "me" });
    expect(findings([Packed2], [other])).toEqual([
      expect.stringMatching(/^schema-changed: Packed v2 is published, and its field \(all of it\) was changed/),
    ]);
  });

  it("that is gone is refused, with or without its type", () => {
    expect(findings([Packed2], [Packed])).toEqual([
      "schema-removed: Packed v2 was published and is gone: put its schema and its upcaster back",
    ]);
    expect(findings([Packed2, Sent], [Packed2])[0]).toContain(
      "schema-removed: Sent was published and is not defined any more",
    );
  });

  it("that is new has to be added to the snapshot", () => {
    expect(findings([Packed], [Packed2])).toEqual([
      expect.stringMatching(
        /^schema-new: Packed v2 is not in the snapshot .* npm run check -- --accept-schemas adds it/,
      ),
    ]);
  });

  it("that cannot read the one before it as Avro is refused, with its field", () => {
    const breaking = Packed.upcastTo(v1.extend({ by: z.string() }), (data) => ({ ...data, by: "?" }));
    expect(findings([breaking], [breaking])).toEqual([
      "schema-avro: Packed v2 cannot read v1 as Avro: field by was added without a default: give it a default or publish " +
        "it as optional, or give upcastTo its added default",
    ]);
    const wordless = defineEvent("Packed", z.object({ by: z.unknown() }));
    expect(findings([], [wordless]).join()).toContain("schema-avro: Packed_by: {} has no Avro form");
  });
});

it("accepting adds what is new and leaves what is published, also where that would now be refused", async () => {
  expect(acceptNewSchemas(root, [Packed])).toEqual(["Packed v1"]);
  const before = await readFile(file(), "utf8");
  expect(acceptNewSchemas(root, [defineEvent("Packed", z.object({ other: z.int() }))])).toEqual([]);
  expect(await readFile(file(), "utf8")).toBe(before);
  expect(acceptNewSchemas(root, [Packed2])).toEqual(["Packed v2"]);
});

it("the step looks at the shop's events and at the committed file", async () => {
  const step = steps.find(({ name }) => name === "schemas") ?? expect.fail("the step does not exist");
  expect(await step.run(REPOSITORY_ROOT)).toEqual({ ok: true, output: "" });
  const committed = await readFile(join(REPOSITORY_ROOT, EVENT_SCHEMAS), "utf8");
  await writeFile(file(), committed.replace('"currency"', '"coin"'));
  const { ok, output } = await step.run(root);
  expect(ok).toBe(false);
  expect(output).toContain(`${EVENT_SCHEMAS}  AccountCreated v1 is published, and its field coin was removed`);
}, 30_000);
