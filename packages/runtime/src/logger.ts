import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";
import { loggableError } from "./loggable-error.ts";
import { logFields } from "./trace.ts";

export type { Logger } from "pino";

/**
 * Structured logs, one JSON object a line, on standard output. A line that is written for somebody's command says which
 * (`correlationId`), and in which trace and span. Secrets and card tokens are redacted wherever they appear one or two
 * levels deep; of an error, what it quotes.
 * @param destination instead of standard output
 */
export function createLogger(name: string, level = "info", destination?: DestinationStream): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: logFields,
      serializers: { err: loggableError, reason: loggableError },
      redact: {
        paths: ["password", "token", "*.password", "*.token", "authorization", "*.authorization", "cookie", "*.cookie"],
        censor: "[redacted]",
      },
    },
    destination,
  );
}
