/** The settings of the local environment's own commands. */
import { shopSettings } from "@tillstream/commerce/settings";
import { kafkaSettings } from "@tillstream/eventing/settings";
import { count, masterKeySettings, port, processSettings, readEnv } from "@tillstream/runtime";
import { authSettings } from "@tillstream/trpc/settings";
import { z } from "zod";
import { fromRoot } from "./places.ts";
import { ownerUrl } from "./postgres.ts";

/** Where the processes of the local environment listen. */
export const portSettings = {
  STOREFRONT_PORT: port(3000),
  ADMIN_PORT: port(3001),
  WORKER_PORT: port(3002),
  GATEWAY_PORT: port(3003),
  POSTGRES_PORT: port(54_320),
  REDIS_PORT: port(63_790),
};

export const localSettings = {
  /** Data of the embedded servers, the generated secret, logs; a relative path starts at the repository root. */
  TILLSTREAM_DATA_DIR: z.string().default(".data"),
  /** `pretty` for people, `json` passes each process's lines on as they are. */
  LOG_FORMAT: z.enum(["pretty", "json"]).default("pretty"),
  /** The browser of the browser tests, where none is on PATH. */
  CHROMIUM_PATH: z.string().optional(),
  /** How often the fault suite repeats what it repeats, such as a restart of Postgres under load. From 20 on it also runs its longest. */
  FAULT_ROUNDS: count(3, 1_000),
};

/** `npm run faults` asks for so many rounds: all faults. `npm test` runs the shorter part. */
export const ALL_FAULTS = 20;

export interface Ports {
  readonly storefront: number;
  readonly admin: number;
  readonly worker: number;
  readonly gateway: number;
  readonly postgres: number;
  readonly redis: number;
}

/** Which setting moves which port: for messages, and for the processes' environment. */
export const PORT_SETTING = {
  storefront: "STOREFRONT_PORT",
  admin: "ADMIN_PORT",
  worker: "WORKER_PORT",
  gateway: "GATEWAY_PORT",
  postgres: "POSTGRES_PORT",
  redis: "REDIS_PORT",
} as const satisfies Record<keyof Ports, keyof typeof portSettings>;

export interface LocalSettings {
  readonly dataDir: string;
  readonly ports: Ports;
  readonly logFormat: "pretty" | "json";
  readonly chromiumPath: string | undefined;
  readonly faultRounds: number;
  /** A server of the user's. Undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The embedded one's own address was given: a server that listens there already is the user's. */
  readonly databaseIsNamed: boolean;
  readonly appDatabaseUrl: string | undefined;
  /** A server of the user's. Undefined: an embedded one where there is a program for it. */
  readonly redisUrl: string | undefined;
  /** A cluster of the user's. Undefined: events travel over Postgres. */
  readonly kafkaBrokers: string | undefined;
  readonly appSecret: string | undefined;
  /** The keys that wrap the keys of persons are set; otherwise the data folder has one. */
  readonly hasMasterKeys: boolean;
  readonly listenHost: string;
  /** As it is set; undefined: this machine. */
  readonly trustedProxies: string | undefined;
  /** Published logins and secrets will do: nothing says that this is production. */
  readonly isLocal: boolean;
  /** Where customers reach the shop, such as a proxy of the user's. Undefined: the storefront's port. */
  readonly shopUrl: string | undefined;
}

const redisUrl = (port: number): string => `redis://127.0.0.1:${port}`;

export function readLocalSettings(source?: Record<string, string | undefined>): LocalSettings {
  const shape = {
    ...portSettings,
    ...localSettings,
    LISTEN_HOST: processSettings.LISTEN_HOST,
    DATABASE_URL: z.url().optional(),
    APP_DATABASE_URL: processSettings.APP_DATABASE_URL,
    REDIS_URL: processSettings.REDIS_URL,
    KAFKA_BROKERS: kafkaSettings.KAFKA_BROKERS,
    APP_SECRET: authSettings.APP_SECRET.unwrap().optional(),
    SHOP_URL: shopSettings.SHOP_URL.unwrap().optional(),
    TRUSTED_PROXIES: z.string().optional(),
    MASTER_KEYS: z.string().optional(),
    MASTER_KEYS_FILE: masterKeySettings.MASTER_KEYS_FILE,
    NODE_ENV: z.string().optional(),
  };
  const env = source === undefined ? readEnv(shape) : readEnv(shape, source);
  const ports: Ports = {
    storefront: env.STOREFRONT_PORT,
    admin: env.ADMIN_PORT,
    worker: env.WORKER_PORT,
    gateway: env.GATEWAY_PORT,
    postgres: env.POSTGRES_PORT,
    redis: env.REDIS_PORT,
  };
  // Who uncomments the defaults in `.env` means the embedded servers, not servers of their own.
  const ownDatabase = env.DATABASE_URL !== ownerUrl(ports.postgres);
  return {
    dataDir: fromRoot(env.TILLSTREAM_DATA_DIR),
    ports,
    logFormat: env.LOG_FORMAT,
    chromiumPath: env.CHROMIUM_PATH,
    faultRounds: env.FAULT_ROUNDS,
    databaseUrl: ownDatabase ? env.DATABASE_URL : undefined,
    databaseIsNamed: env.DATABASE_URL !== undefined,
    appDatabaseUrl: ownDatabase ? env.APP_DATABASE_URL : undefined,
    redisUrl: env.REDIS_URL === redisUrl(ports.redis) ? undefined : env.REDIS_URL,
    kafkaBrokers: env.KAFKA_BROKERS?.join(","),
    appSecret: env.APP_SECRET,
    hasMasterKeys: env.MASTER_KEYS !== undefined || env.MASTER_KEYS_FILE !== undefined,
    listenHost: env.LISTEN_HOST,
    trustedProxies: env.TRUSTED_PROXIES,
    isLocal: env.NODE_ENV !== "production",
    shopUrl: env.SHOP_URL,
  };
}
