/**
 * The JSON schema of each version of an event: what is committed in the snapshot, compared between versions, and turned
 * into Avro. It describes data as readers get it, so that a field with a default is always there.
 */
import { z } from "zod";
import type { AnyEventDefinition } from "../event/definition.ts";
import { UnknownEventVersionError } from "../event/definition.ts";

/** The part of JSON schema that event definitions lead to. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

/** The JSON schema of one version, which counts from 1. Throws `UnknownEventVersionError` for an unknown version. */
export function jsonSchemaOf(definition: AnyEventDefinition, version: number): JsonSchema {
  const schema = definition.schemas[version - 1];
  if (schema === undefined) {
    throw new UnknownEventVersionError(
      `${definition.type} has no v${version}; the latest is v${definition.latestVersion}`,
    );
  }
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "output" });
  return rest as JsonSchema; // zod's own type allows every keyword; ours names those that events use
}
