/**
 * Settings. The only module that reads `process.env`: everything else takes a parsed value.
 * Each setting has a default that works on a bare clone; `.env.example` lists them all.
 */
import { z } from "zod";
import type { Bucket } from "./cache.ts";

/** The environment does not satisfy the schema; the message names each variable and its rule. */
export class InvalidSettingsError extends Error {
  override readonly name = "InvalidSettingsError";
}

/** Parses the environment by `shape`. An empty variable counts as absent. */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: Record<string, string | undefined> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = z.object(shape).safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new InvalidSettingsError(`These settings are not valid:\n${problems.join("\n")}`);
}

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
const seconds = (fallback: number) => z.coerce.number().int().min(1).max(31_536_000).default(fallback);
const milliseconds = (fallback: number) => z.coerce.number().int().min(1).max(86_400_000).default(fallback);

export const portSettings = {
  /** The address at which shop, console, worker and gateway listen. 0.0.0.0 opens them to the network. */
  LISTEN_HOST: z.string().min(1).default("127.0.0.1"),
  STOREFRONT_PORT: port(3000),
  ADMIN_PORT: port(3001),
  WORKER_PORT: port(3002),
  GATEWAY_PORT: port(3003),
  POSTGRES_PORT: port(54_320),
  REDIS_PORT: port(63_790),
};

export const LOCAL_DATABASE_URL = "postgresql://tillstream:tillstream@127.0.0.1:54320/tillstream";
/** The role the processes run as: it may not change history, nor alter tables. */
export const LOCAL_APP_DATABASE_URL = "postgresql://tillstream_app:tillstream_app@127.0.0.1:54320/tillstream";

/** Anyone may read these in the repository. */
export const PUBLISHED = {
  APP_SECRET: "local-development-secret-change-me",
  GATEWAY_WEBHOOK_SECRET: "whsec_local_development",
  MASTER_KEYS: `local:${"A".repeat(43)}=`,
} as const;

export const processSettings = {
  /** The owner: migrations and scripts. */
  DATABASE_URL: z.url().default(LOCAL_DATABASE_URL),
  /** The lesser role of the processes; the owner's URL where no such role can be had. */
  APP_DATABASE_URL: z.url().optional(),
  REDIS_URL: z.url().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Signs sessions and guest order links. `npm start` makes one for the local environment. */
  APP_SECRET: z.string().min(16, "at least 16 characters").default(PUBLISHED.APP_SECRET),
  /** Set it where pages are served over https: cookies then travel over https only, of this host alone, and browsers are told to come so. */
  SECURE_COOKIES: z.stringbool().default(false),
  /** Shop and console answer at /metrics too. For an inner network: keep that address from the outside. */
  INTERNAL_METRICS: z.stringbool().default(false),
  GATEWAY_URL: z.url().default("http://127.0.0.1:3003"),
};

/** OpenTelemetry's own names. Its exporter also reads `OTEL_EXPORTER_OTLP_HEADERS`, `_TIMEOUT`, `_CERTIFICATE` and their like by itself. */
export const tracingSettings = {
  OTEL_SDK_DISABLED: z.stringbool().default(false),
  /** `otlp` as soon as there is an endpoint. */
  OTEL_TRACES_EXPORTER: z.enum(["otlp", "console", "none"]).optional(),
  /** The origin of a collector. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** The whole address that takes spans. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(["http/protobuf"]).optional(),
  /** The share of traces that are recorded, decided where each begins: `parentbased_traceidratio`. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
};

/** What the shop says of itself in mails and links. */
export const shopSettings = {
  /** Where customers reach the shop: links in mails begin with it. */
  SHOP_URL: z
    .url({ protocol: /^https?$/, error: "an http or https address" })
    .transform((url) => url.replace(/\/+$/, ""))
    .default("http://localhost:3000"),
  /** For how long a guest's link to an order is good. */
  ORDER_LINK_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
  /** Where customers send back what they do not keep, on one line. */
  RETURNS_ADDRESS: z.string().max(300).default("Fernhill Returns, 1 Orchard Lane, Fernhill, VT 05000, United States"),
};

/** Such as 20/36s: twenty at once, and one more every 36 seconds. */
const limit = (fallback: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}\/(?:0\.)?[1-9]\d{0,5}s$/, "how many at once, and the seconds for one more, such as 20/36s")
    .default(fallback)
    .transform((text): Bucket => {
      const [size = 0, seconds = 0] = text.split("/").map(Number.parseFloat);
      return { size, refillMs: seconds * 1_000 };
    });

/** How often something may be done. What is more is refused with the time to wait. */
export const limitSettings = {
  /** Failed sign-ins to one account, from browsers that were never signed in to it: less than 100 an hour. */
  LIMIT_SIGN_IN_ACCOUNT: limit("20/40s"),
  /** The same from a browser that was. What others try elsewhere does not count here. */
  LIMIT_SIGN_IN_BROWSER: limit("20/40s"),
  /** Failed sign-ins from one address, to whichever accounts. */
  LIMIT_SIGN_IN_ADDRESS: limit("100/6s"),
  LIMIT_SIGN_UP_ADDRESS: limit("20/60s"),
  /** Requests for a new password, and tries to set one, from one address. */
  LIMIT_RESET_ADDRESS: limit("20/60s"),
  /** Mails to one address with a link to set a new password. What is more is not sent: the link of the last is good for longer than that. */
  LIMIT_RESET_MAIL: limit("5/720s"),
  /** Mails to one address about an account that was, or is, opened with it. What is more is not sent. */
  LIMIT_CONFIRM_MAIL: limit("5/720s"),
  /** Orders of one account, or of guests from one address. */
  LIMIT_CHECKOUT: limit("300/1s"),
  /** Declined cards of one account, or of guests from one address. */
  LIMIT_DECLINED_CARDS: limit("20/60s"),
  /** Look-ups of orders from one address: a household, an office. */
  LIMIT_FIND_ADDRESS: limit("30/20s"),
  /** Mails that somebody else can have sent to an address. By order and address: a wrong guess keeps nobody from their own. */
  LIMIT_FIND_ORDER: limit("5/720s"),
  /** Calls to the embedded schema registry from one address. */
  LIMIT_REGISTRY_ADDRESS: limit("600/0.1s"),
  /** Live pages of one address that are open at once. */
  LIMIT_LIVE_PAGES: z.coerce.number().int().min(1).max(100_000).default(200),
  /** Connections of one address that are open at once; of a trusted proxy any number. */
  LIMIT_CONNECTIONS: z.coerce.number().int().min(1).max(100_000).default(500),
  /** Proxies whose X-Forwarded-For is believed, as addresses or networks, comma-separated. */
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    ),
};

export const paymentSettings = {
  /** Signs the simulated gateway's webhooks: the same on both sides. */
  GATEWAY_WEBHOOK_SECRET: z.string().min(16, "at least 16 characters").default(PUBLISHED.GATEWAY_WEBHOOK_SECRET),
  /** With both, Stripe takes the payments instead of the simulated gateway. A key that begins with sk_test_ moves no money. */
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_(?:test|live)_\w+$/, "a secret key of Stripe's")
    .optional(),
  /** Of the webhook endpoint `/api/webhooks/payments` in Stripe's dashboard. */
  STRIPE_WEBHOOK_SECRET: z.string().startsWith("whsec_").optional(),
  /** How often the gateway's books are compared with the orders. */
  RECONCILE_INTERVAL_MS: milliseconds(60_000),
};

const days = (fallback: number) => z.coerce.number().int().min(1).max(36_500).default(fallback);

/** What is kept of persons, and for how long. */
export const privacySettings = {
  /** `<name>:<32 bytes in base64>`, comma-separated: they wrap the keys of persons. The first is for new ones, the others are on their way out. */
  MASTER_KEYS: z.string().default(PUBLISHED.MASTER_KEYS),
  /** A file that holds them instead. */
  MASTER_KEYS_FILE: z.string().optional(),
  /** For how long a mail that went out is kept. */
  MAIL_RETENTION_DAYS: days(90),
  /** For how long an order that is over keeps address, e-mail address and card token. Tax offices ask for years. */
  ORDER_DETAILS_RETENTION_DAYS: days(3_650),
};

/** `npm start` and the tests set it: this machine only, with data that is made up. */
const TILLSTREAM_LOCAL = z.stringbool().default(false);
export const environmentSettings = { TILLSTREAM_LOCAL };

const signUpSettings = {
  /** Whether a new account opens with the link in a mail, or at once; the latter by default in a local environment only. */
  SIGN_UP_CONFIRMATION: z.enum(["mail", "none"]).optional(),
  TILLSTREAM_LOCAL,
};

/** As the settings of this process have it. */
export function mailsConfirm(): boolean {
  const { SIGN_UP_CONFIRMATION, TILLSTREAM_LOCAL: isLocal } = readEnv(signUpSettings);
  return (SIGN_UP_CONFIRMATION ?? (isLocal ? "none" : "mail")) === "mail";
}

/** A week. */
const SHIPPING_DELAY_MS_MAX = 7 * 24 * 60 * 60 * 1_000;

export const kernelSettings = {
  /** A Confluent schema registry instead of the embedded one; a user and a password in the URL are sent along. */
  SCHEMA_REGISTRY_URL: z.url().optional(),
  /** Who may write to the embedded registry from another machine, with basic authentication; nobody without it. */
  SCHEMA_REGISTRY_LOGIN: z
    .string()
    .regex(/^[^:\s]+:\S{12,}$/, "user:password, with 12 characters of password or more and no blanks")
    .optional(),
  RELAY_BATCH_SIZE: z.coerce.number().int().min(1).max(10_000).default(100),
  /** The longest a committed event waits for the relay when every hint was lost. */
  RELAY_POLL_MS: milliseconds(1_000),
  /** How long a published row stays in the outbox. */
  OUTBOX_RETENTION_SECONDS: seconds(86_400),
  /** How long a consumer recognises an event that is delivered again. */
  INBOX_RETENTION_SECONDS: seconds(604_800),
  /** How long a dead letter is kept after its end, with what people did about it. */
  DEAD_LETTER_RETENTION_SECONDS: seconds(7_776_000),
  /** How often rows past their retention are pruned. */
  RETENTION_EVERY_MS: milliseconds(60_000),
  CONSUMER_BATCH_SIZE: z.coerce.number().int().min(1).max(10_000).default(200),
  /** For so long after its confirmation an order waits to be shipped, and can still be cancelled. */
  SHIPPING_DELAY_MS: z.coerce.number().int().min(0).max(SHIPPING_DELAY_MS_MAX).default(15_000),
  SAGA_STEP_TIMEOUT_MS: milliseconds(30_000),
  SAGA_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(12),
  /** Events between two snapshots of an account. */
  SNAPSHOT_EVERY_ACCOUNT: z.coerce.number().int().min(1).max(1_000_000).default(100),
  /** Events read in one transaction of a projection's rebuild. */
  REBUILD_BATCH_SIZE: z.coerce.number().int().min(1).max(50_000).default(2_000),
  PROJECTION_LAG_ALERT_MS: milliseconds(5_000),
  /** Gets a POST when a projection's alert fires and when it is resolved. */
  ALERT_WEBHOOK_URL: z.url().optional(),
};

/** Kafka instead of the Postgres bus, once there are brokers. */
export const kafkaSettings = {
  /** `host:port`, comma-separated. */
  KAFKA_BROKERS: z
    .string()
    .transform((list) => list.split(",").map((broker) => broker.trim()))
    .pipe(z.array(z.string().regex(/^[^\s:/]+:\d{1,5}$/, "host:port, comma-separated")).min(1))
    .optional(),
  /** Speaks TLS with the brokers, whose certificate must be good for their host names. */
  KAFKA_TLS: z.stringbool().default(false),
  /** A PEM file with the authority that signed their certificates, where the machine does not trust it anyway. */
  KAFKA_TLS_CA: z.string().optional(),
  /** Signs in at the brokers, with the user and the password below. */
  KAFKA_SASL_MECHANISM: z.enum(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  /** A topic for each event type, or one for each type of aggregate, which keeps the order across its types. */
  KAFKA_TOPIC_BY: z.enum(["type", "aggregate"]).default("type"),
  /** Begins the name of every topic, consumer group and transactional id: two systems may share a cluster. */
  KAFKA_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,60}$/, "letters, digits, - and _")
    .default("tillstream"),
  /** Of a new topic. Adding some later moves aggregates to other partitions: only on a quiet topic. */
  KAFKA_TOPIC_PARTITIONS: z.coerce.number().int().min(1).max(1_000).default(6),
  /** Copies of a new topic; no more than there are brokers. */
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(10).default(1),
  /** How long a new topic keeps its records. The log in Postgres keeps them for good. */
  KAFKA_RETENTION_HOURS: z.coerce.number().int().min(1).max(87_600).default(168),
};
