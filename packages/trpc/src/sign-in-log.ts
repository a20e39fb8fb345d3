/**
 * What the log says of each attempt to get into an account or to change how one does: what was tried, how it ended, and by whom,
 * as digests. Those of one account, or from one address, can be told from others; whose they are, only by a reader who knows the secret.
 */
import { createHmac } from "node:crypto";
import type { Services } from "./context.ts";

const DIGEST_CHARACTERS = 16;
/** Reading a session is none: every page does. */
const SILENT = new Set(["/get-session", "/list-sessions", "/ok"]);

export interface Attempt {
  /** Such as `/sign-in/email`. */
  readonly path: string;
  /** The e-mail address that was typed. */
  readonly account: string | undefined;
  readonly address: string | undefined;
  readonly status: number;
}

export function logAttempt({ path, account, address, status }: Attempt, services: Pick<Services, "logger" | "secret">) {
  if (SILENT.has(path)) return;
  const { logger, secret } = services;
  const outcome = status < 400 ? "done" : status === 429 ? "limited" : status < 500 ? "refused" : "failed";
  const digest = (text = "") =>
    text === ""
      ? undefined
      : createHmac("sha256", secret).update(`log:${text}`).digest("base64url").slice(0, DIGEST_CHARACTERS);
  const fields = { attempt: path, outcome, status, account: digest(account), from: digest(address) };
  logger[outcome === "done" ? "info" : "warn"](fields, "account access");
}
