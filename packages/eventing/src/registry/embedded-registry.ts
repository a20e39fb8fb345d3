/** The schema registry in the shop's own Postgres: what a deployment without another one uses. */
import type { Database } from "@tillstream/runtime";
import { registerSchema } from "./register.ts";
import { cachedRegistry } from "./schema-registry.ts";
import type { SchemaRegistry } from "./schema-registry.ts";
import { schemaById } from "./subjects.ts";

/** A registry in the tables of this database. */
export function createEmbeddedRegistry(db: Database): SchemaRegistry {
  return cachedRegistry({
    register: (subject, schema) => registerSchema(db, subject, { schema }),
    schemaOf: (id) => schemaById(db, id),
  });
}
