/**
 * Prisma's own schema engine, compiled to WebAssembly and connected through the pg adapter: it needs no
 * native binary and no network. Two things of the adapter are fixed on the way: it splits scripts at
 * every `;`, function bodies included, and it does not know the catalog's `"char"` columns.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine, SchemasContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const ENGINE_MODULE = "@prisma/schema-engine-wasm/schema_engine_bg";
const CONNECTIONS_MAX = 3;
const CONNECT_TIMEOUT_MS = 5_000;
const CHAR_OID = 18;
/** Stands for `"char"` on the way through the adapter; no catalog query returns a uuid. */
const UUID_OID = 2950;

/** The part of the standard that is used here; TypeScript has it only in its browser library. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

type EngineModule = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");

/** Where the engine leaves the reason before it panics; without it the reason is lost. */
const panics = { message: "", set_message: (message: string) => void (panics.message = message) };

let loading: Promise<EngineModule> | undefined;

async function loadEngine(): Promise<EngineModule> {
  const path = createRequire(import.meta.url).resolve(ENGINE_MODULE);
  const [bindings, bytes] = await Promise.all([
    import(ENGINE_MODULE) as Promise<EngineModule>, // the specifier is a constant of this module
    readFile(path.replace(/\.js$/, ".wasm")),
  ]);
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"] as () => void; // wasm-bindgen exports it
  start();
  return bindings;
}

/** A pool that reports the catalog's one-letter columns as something that the adapter knows. */
class EnginePool extends pg.Pool {
  constructor(url: string) {
    super({ connectionString: url, max: CONNECTIONS_MAX, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    const query = this.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult>; // the overload the adapter calls
    this.query = (async (...args: unknown[]) => {
      const result = await query(...args);
      for (const field of result.fields ?? []) {
        if (field.dataTypeID === CHAR_OID) field.dataTypeID = UUID_OID;
      }
      return result;
    }) as unknown as pg.Pool["query"]; // all overloads lead to this one
  }
}

function mended(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const columnTypes = result.columnTypes.map((type) =>
      type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  adapter.executeScript = async (script) => {
    // Without arguments pg sends one simple query, which may hold many statements and is atomic.
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
  return adapter;
}

function adapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => mended(await factory.connect()),
    connectToShadowDb: async () => mended(await factory.connectToShadowDb()),
  };
}

/** Runs `work` with an engine on the database at `url`; the engine's connections end with it. */
export async function withSchemaEngine<Result>(
  url: string,
  schema: SchemasContainer,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const { SchemaEngine: Engine } = await (loading ??= loadEngine());
  const pool = new EnginePool(url);
  pool.on("error", () => undefined); // the next statement reports a broken connection
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory(pool));
    const datamodels = schema.files.map(({ path, content }): [string, string] => [path, content]);
    panics.message = "";
    try {
      const engine = await Engine.new({ datamodels }, () => undefined, adapter);
      const result = await work(engine);
      engine.free();
      return result;
    } catch (error) {
      throw panics.message === "" ? error : new Error(`the schema engine failed: ${panics.message}`, { cause: error });
    }
  } finally {
    await pool.end();
  }
}
