/** One text for one schema: what a registry compares and keeps. Nothing that a reader could miss is left out. */
import { createHash } from "node:crypto";
import type avro from "avsc";
import { parseAvro } from "../schema/compatibility.ts";
import { RegistryError } from "./schema-registry.ts";

/** The order of the specification's canonical form; other attributes follow by name. */
const ORDER = [
  "name",
  "namespace",
  "type",
  "doc",
  "aliases",
  "fields",
  "symbols",
  "items",
  "values",
  "size",
  "default",
];
const PRIMITIVES = new Set(["null", "boolean", "int", "long", "float", "double", "bytes", "string"]);

export interface CanonicalSchema {
  readonly text: string;
  readonly fingerprint: string;
  readonly type: avro.Type;
}

/** Throws `RegistryError` 42201 for a text that is no Avro schema. */
export function canonicalSchema(text: string): CanonicalSchema {
  try {
    const type = parseAvro(text);
    const canonical = JSON.stringify(inOrder(JSON.parse(text)));
    return { text: canonical, fingerprint: createHash("sha256").update(canonical).digest("hex"), type };
  } catch (error) {
    throw new RegistryError(
      42201,
      `Either the input schema or one of its references is invalid: ${(error as Error).message}`,
    );
  }
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "type" && PRIMITIVES.has(first[1] as string)) return first[1];
  return Object.fromEntries(
    entries
      .toSorted(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1))
      .map(([key, inner]) => [key, key === "default" ? inner : inOrder(inner)]),
  );
}

function rank(key: string): number {
  const place = ORDER.indexOf(key);
  return place >= 0 ? place : ORDER.length;
}
