/** A version (`12`) or an instant (ISO 8601) from the command line. */
import type { Moment } from "@tillstream/eventing";

/** A mistake in what was typed: its message says all there is to say. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export function parseMoment(option: string, text: string | undefined): Moment {
  if (text === undefined) return {};
  if (/^\d{1,9}$/.test(text)) return { version: Number(text) };
  const at = new Date(text);
  if (!Number.isNaN(at.getTime()) && /^\d{4}-/.test(text)) return { at };
  throw new UsageError(
    `${option} takes a version such as 12, or an instant such as 2026-01-31T10:00:00Z, not: ${text}`,
  );
}
