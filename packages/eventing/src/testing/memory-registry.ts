/** A schema registry in memory that takes everything, for tests of what is encoded. */
import { RegistryError } from "../registry/schema-registry.ts";
import type { SchemaRegistry } from "../registry/schema-registry.ts";

export interface MemoryRegistry extends SchemaRegistry {
  /** Subject and schema of each call. */
  readonly registered: readonly (readonly [string, string])[];
}

export function memoryRegistry(): MemoryRegistry {
  const schemas: string[] = [];
  const registered: [string, string][] = [];
  return {
    registered,
    async register(subject, schema) {
      registered.push([subject, schema]);
      const at = schemas.indexOf(schema);
      return at >= 0 ? at + 1 : schemas.push(schema);
    },
    async schemaOf(id) {
      const schema = schemas[id - 1];
      if (schema === undefined) throw new RegistryError(40403, "Schema not found");
      return schema;
    },
  };
}
