/**
 * Settings. The only module that reads `process.env`: everything else takes a parsed value. Here are those of any process; each
 * package has its own, with defaults that work on a bare clone, and each app composes what it needs. `.env.example` lists them all.
 */
import { z } from "zod";

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

/** A TCP port. */
export const port = (fallback: number) => count(fallback, 65_535);
/** A time in seconds, of a year at most. */
export const seconds = (fallback: number) => count(fallback, 31_536_000);
/** A time in milliseconds, of a day at most. */
export const milliseconds = (fallback: number) => count(fallback, 86_400_000);

/** A whole number from 1 to `max`. */
export function count(fallback: number, max: number) {
  return z.coerce.number().int().min(1).max(max).default(fallback);
}

/** Where a process listens, what it connects to and how it logs. */
export const processSettings = {
  /** The address at which the processes listen. 0.0.0.0 opens them to the network. */
  LISTEN_HOST: z.string().min(1).default("127.0.0.1"),
  /** The owner: migrations and scripts. */
  DATABASE_URL: z.url().default("postgresql://tillstream:tillstream@127.0.0.1:54320/tillstream"),
  /** The lesser role of the processes, which may not change history, nor alter tables; the owner's URL where no such role can be had. */
  APP_DATABASE_URL: z.url().optional(),
  REDIS_URL: z.url().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Set it where pages are served over https: cookies then travel over https only, of this host alone, and browsers are told to come so. */
  SECURE_COOKIES: z.stringbool().default(false),
  /** The apps answer at /metrics too. For an inner network: keep that address from the outside. */
  INTERNAL_METRICS: z.stringbool().default(false),
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

/** The keys that wrap the keys of persons. */
export const masterKeySettings = {
  /** `<name>:<32 bytes in base64>`, comma-separated. The first is for new ones, the others are on their way out. */
  MASTER_KEYS: z.string().default(`local:${"A".repeat(43)}=`),
  /** A file that holds them instead. */
  MASTER_KEYS_FILE: z.string().optional(),
};

/** `npm start` and the tests set it: this machine only, with data that is made up. */
export const environmentSettings = { TILLSTREAM_LOCAL: z.stringbool().default(false) };
