/** What a process says of Postgres: once that it is away, and once that it is back, however many connections notice. */
import type { Logger } from "../logger.ts";

let logger: Logger | undefined;
let isAway = false;

/** The first who logs does it for the process. */
export function reportPresence(to: Logger): void {
  logger ??= to;
}

export function noteAway(error: Error): void {
  if (!isAway) logger?.warn(`postgres is away: ${error.message}`);
  isAway = true;
}

export function noteBack(): void {
  if (isAway) logger?.info("postgres is back");
  isAway = false;
}
