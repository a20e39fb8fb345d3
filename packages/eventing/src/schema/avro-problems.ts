/** Whether the versions of an event can follow each other in one subject of a registry, at its default level. */
import type { AnyEventDefinition } from "../event/definition.ts";
import { avroSchemaOf, NotAvroError } from "./avro-schema.ts";
import { resolutionProblems } from "./compatibility.ts";
import { parseAvro } from "./parse-avro.ts";

/** Any stream type will do: all versions have the same. */
const STREAM_TYPE = "any";

/** Each says which field of which version breaks, and what to do; empty when the registry will take every version. */
export function avroProblems(definition: AnyEventDefinition): readonly string[] {
  const { type, schemas } = definition;
  try {
    const versions = schemas.map((_, index) =>
      parseAvro(JSON.stringify(avroSchemaOf(definition, index + 1, STREAM_TYPE))),
    );
    return versions.flatMap((reader, index) => {
      const writer = versions[index - 1];
      if (writer === undefined) return [];
      const named = `${type} v${index + 1} cannot read v${index} as Avro`;
      return resolutionProblems(reader, writer).map(
        (problem) => `${named}: ${problem}, or give upcastTo its added default`,
      );
    });
  } catch (error) {
    if (error instanceof NotAvroError) return [error.message];
    throw error;
  }
}
