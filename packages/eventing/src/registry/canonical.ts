/** One text for one schema, as Confluent has it: what a registry compares and keeps. */
import { createHash } from "node:crypto";
import type { AvroType } from "../schema/avro-type.ts";
import { parseAvro } from "../schema/parse-avro.ts";
import { schemaText } from "../schema/schema-text.ts";
import { RegistryError } from "./schema-registry.ts";

export interface CanonicalSchema {
  readonly text: string;
  readonly fingerprint: string;
  readonly type: AvroType;
}

/**
 * @param normalize also sorts what has no order, as a request may ask for
 * Throws `RegistryError` 42201 for a text that is not an Avro schema.
 */
export function canonicalSchema(written: string, normalize = false): CanonicalSchema {
  try {
    const type = parseAvro(written);
    const text = schemaText(type, normalize ? "normal" : "canonical");
    return { text, fingerprint: createHash("sha256").update(text).digest("hex"), type };
  } catch (error) {
    throw new RegistryError(
      42201,
      `Either the input schema or one of its references is invalid: ${(error as Error).message}`,
    );
  }
}

/** A text that equal schemas share, however their attributes and aliases are ordered; undefined for an invalid schema. */
export function equalText(written: string): string | undefined {
  try {
    return schemaText(parseAvro(written), "equal");
  } catch {
    return undefined;
  }
}
