import { expect, it } from "vitest";
import { z } from "zod";
import type { JsonSchema } from "./json-schema.ts";
import { schemaChanges } from "./schema-changes.ts";

const changes = (before: z.ZodType, after: z.ZodType) =>
  schemaChanges(z.toJSONSchema(before) as JsonSchema, z.toJSONSchema(after) as JsonSchema).map(
    ({ field, change }) => `${field} ${change}`,
  );

const part = z.object({ name: z.string(), note: z.string().optional() });

it("names every field that was added, removed, changed, or that must or need no longer be there", () => {
  const before = z.object({ id: z.string(), total: z.int(), parts: z.array(part), by: z.object({ name: z.string() }) });
  expect(changes(before, before)).toEqual([]);
  expect(
    changes(
      before,
      z.object({
        total: z.int().nonnegative(),
        parts: z.array(part.extend({ note: z.string(), mark: z.int() })),
        by: z.object({ name: z.string().optional() }),
        at: z.string(),
      }),
    ),
  ).toEqual([
    "id removed",
    "total changed",
    "parts[].note made required",
    "parts[].mark added",
    "by.name made optional",
    "at added",
  ]);
  expect(changes(z.string(), z.int())).toEqual(["(all of it) changed"]);
});
