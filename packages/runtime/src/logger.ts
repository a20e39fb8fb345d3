import { pino } from "pino";
import type { Logger } from "pino";

export type { Logger } from "pino";

/**
 * Structured logs, one JSON object a line, on standard output.
 * Secrets and card tokens are redacted wherever they appear one or two levels deep.
 */
export function createLogger(name: string, level = "info"): Logger {
  return pino({
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["password", "token", "*.password", "*.token", "authorization", "*.authorization", "cookie", "*.cookie"],
      censor: "[redacted]",
    },
  });
}
