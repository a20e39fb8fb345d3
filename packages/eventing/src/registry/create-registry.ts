/** The registry that a deployment uses: another one where there is a URL for it, otherwise the one in its own Postgres. */
import type { Database, Scheduler } from "@tillstream/runtime";
import { createEmbeddedRegistry } from "./embedded-registry.ts";
import { createHttpRegistry } from "./http-registry.ts";
import type { HttpRegistryOptions } from "./http-registry.ts";
import type { SchemaRegistry } from "./schema-registry.ts";

export interface RegistryOptions {
  readonly db: Database;
  /** `SCHEMA_REGISTRY_URL`. */
  readonly url: string | undefined;
  readonly fetch: HttpRegistryOptions["fetch"];
  readonly scheduler: Scheduler;
}

/** The registry in the tables of this database, or that of another server where there is a URL. */
export function createSchemaRegistry({ db, url, fetch, scheduler }: RegistryOptions): SchemaRegistry {
  return url === undefined ? createEmbeddedRegistry(db) : createHttpRegistry({ url, fetch, scheduler });
}
