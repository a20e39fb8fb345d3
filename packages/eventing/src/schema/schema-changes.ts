/** In which fields two JSON schemas differ, for a summary of what changed. */
import { isDeepStrictEqual } from "node:util";
import type { JsonSchema } from "./json-schema.ts";

export interface SchemaChange {
  /** Such as `lines[].sku`; `(all of it)` for the outermost schema. */
  readonly field: string;
  readonly change: "added" | "removed" | "changed" | "made required" | "made optional";
}

/** In the order of the fields; empty when the schemas are the same. */
export function schemaChanges(before: JsonSchema, after: JsonSchema, path = ""): SchemaChange[] {
  const { properties: fields = {}, required = [], items, ...rest } = before;
  const { properties: fieldsAfter = {}, required: requiredAfter = [], items: itemsAfter, ...restAfter } = after;
  const changes: SchemaChange[] = [];
  if (!isDeepStrictEqual(rest, restAfter))
    changes.push({ field: path === "" ? "(all of it)" : path, change: "changed" });
  for (const name of new Set([...Object.keys(fields), ...Object.keys(fieldsAfter)])) {
    const field = path === "" ? name : `${path}.${name}`;
    const [was, is] = [fields[name], fieldsAfter[name]];
    if (was === undefined) changes.push({ field, change: "added" });
    else if (is === undefined) changes.push({ field, change: "removed" });
    else {
      const [needed, needs] = [required.includes(name), requiredAfter.includes(name)];
      if (needed !== needs) changes.push({ field, change: needs ? "made required" : "made optional" });
      changes.push(...schemaChanges(was, is, field));
    }
  }
  if (typeof items === "object" && typeof itemsAfter === "object")
    changes.push(...schemaChanges(items, itemsAfter, `${path}[]`));
  else if (!isDeepStrictEqual(items, itemsAfter)) changes.push({ field: `${path}[]`, change: "changed" });
  return changes;
}
