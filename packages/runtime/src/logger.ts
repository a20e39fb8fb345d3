import { pino } from "pino";
import type { DestinationStream, Logger, LoggerOptions } from "pino";
import { loggableError } from "./loggable-error.ts";
import { logFields } from "./trace.ts";

export type { Logger } from "pino";

/** While something is away, every loop and request says so, again and again: one line of each kind a second says as much. */
const OUTAGE =
  /ECONN(REFUSED|RESET)|ETIMEDOUT|EPIPE|EHOSTUNREACH|EAI_AGAIN|terminating connection|connection (terminated|ended)|database system is|trying to connect|can't reach database|did not answer for|connection error/i;
const QUIET_MS = 1_000;
/** Messages are few. */
const KINDS_MAX = 1_000;

function onceASecond(): NonNullable<LoggerOptions["hooks"]> {
  const saidAt = new Map<string, number>();
  return {
    logMethod(args, write) {
      const [fields, kind] = args as readonly unknown[];
      if (typeof kind === "string" && OUTAGE.test(faultIn(fields))) {
        if (performance.now() - (saidAt.get(kind) ?? -QUIET_MS) < QUIET_MS) return;
        if (saidAt.size >= KINDS_MAX) saidAt.clear();
        saidAt.set(kind, performance.now());
      }
      write.apply(this, args);
    },
  };
}

/** The text of a line's `err`, which is an error or its message. */
function faultIn(fields: unknown): string {
  const { err } = (fields ?? {}) as { readonly err?: unknown }; // any value has, or lacks, it
  return typeof err === "string" ? err : err instanceof Error ? err.message : "";
}

/**
 * Structured logs, one JSON object a line, on standard output. A line that is written for a command says which
 * (`correlationId`), and in which trace and span. Secrets and card tokens are redacted wherever they appear one or two
 * levels deep; of an error, what it quotes.
 * @param destination instead of standard output
 */
export function createLogger(name: string, level = "info", destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: onceASecond(),
    mixin: logFields,
    serializers: { err: loggableError, reason: loggableError },
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["password", "token", "*.password", "*.token", "authorization", "*.authorization", "cookie", "*.cookie"],
      censor: "[redacted]",
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
