/**
 * The same short digest for failures of the same kind: of the error's name, its message without what differs from
 * one event to the next (ids, numbers, quoted values), and the place it was thrown at.
 */
import { createHash } from "node:crypto";
import { withoutPersons } from "@tillstream/runtime";

const VARIABLE = /"[^"]*"|'[^']*'|`[^`]*`|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b\w*\d[\w:-]*\b/gi;
const FRAME = /^\s+at (?:async )?(?<place>[^\s(]+)/m;
const DIGEST_LENGTH = 12;

/** What of an error is kept as text: its stack, which names the cause too, without what it quotes of persons. */
export const ERROR_TEXT_MAX = 4_000;

export function fingerprintOfError(error: unknown): string {
  const { name, message, stack } = asError(error);
  const place = FRAME.exec(stack ?? "")?.groups?.["place"] ?? "";
  const kind = `${name}|${message.replaceAll(VARIABLE, "?")}|${place.replaceAll(VARIABLE, "?")}`;
  return createHash("sha256").update(kind).digest("base64url").slice(0, DIGEST_LENGTH);
}

/** The error as a person reads it, with the line of code at fault and no more than 4,000 characters. */
export function textOfError(error: unknown): string {
  const { stack, message, cause } = asError(error);
  const causedBy = cause instanceof Error ? `\ncaused by ${cause.stack ?? cause.message}` : "";
  return withoutPersons(`${stack ?? message}${causedBy}`.slice(0, ERROR_TEXT_MAX));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
