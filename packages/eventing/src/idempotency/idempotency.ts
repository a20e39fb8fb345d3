/**
 * Commands that may be sent twice. Postgres is the authority: the key is claimed by an insert in the
 * transaction of the command's effect, together with the response, so that a key is there exactly when its
 * effect is. A concurrent duplicate waits on the unique index and then reads the first answer. The cache in
 * front answers finished commands without touching Postgres, and may vanish at any time.
 */
import { createHash } from "node:crypto";
import stringify from "safe-stable-stringify";
import { sql } from "@tillstream/runtime";
import type { Cache, Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { Refusal, refuse } from "../event/refusal.ts";
import type { RefusalFacts } from "../event/refusal.ts";
import { isLockTimeout } from "../postgres/sql-errors.ts";

export const IDEMPOTENCY_TTL_SECONDS = 24 * 60 * 60;

/** One command as its sender names it. */
export interface CommandKey {
  /** The procedure and who calls it, so that two callers' keys never meet. */
  readonly scope: string;
  readonly key: string;
  /** A digest of the input: the same key with another input is refused. */
  readonly fingerprint: string;
  /** The request that carries it out, for later investigation. */
  readonly owner?: string;
}

/** A digest of `input` that does not depend on the order of object keys. */
export function fingerprintOf(input: unknown): string {
  return createHash("sha256")
    .update(stringify(input) ?? "")
    .digest("base64url");
}

/**
 * The expression `claimed`, one row when the key is now ours and none when it was taken. Compose it in front
 * of the command's writes and guard them with `EXISTS (SELECT FROM claimed)`. An expired key may be claimed again.
 * Without `response` the key is `in_progress` until `finishClaim`, in the same transaction.
 */
export function claimExpression({ scope, key, fingerprint, owner = "" }: CommandKey, response?: unknown): Sql {
  return sql`
    claimed AS (
      INSERT INTO idempotency_keys AS existing (scope, key, fingerprint, owner, status, response, expires_at)
      VALUES (${scope}, ${key}, ${fingerprint}, ${owner}, ${response === undefined ? "in_progress" : "completed"},
              ${response === undefined ? null : JSON.stringify(response)}::jsonb,
              now() + ${IDEMPOTENCY_TTL_SECONDS} * interval '1 second')
      ON CONFLICT (scope, key) DO UPDATE
        SET fingerprint = excluded.fingerprint, owner = excluded.owner, status = excluded.status, response = excluded.response,
            created_at = now(), expires_at = excluded.expires_at
        WHERE existing.expires_at < now()
      RETURNING key
    )`;
}

const PROBE_MS = 100;

/**
 * Whether another transaction is carrying the command out right now. No other session sees its claim until it commits, so one is
 * made, and undone: it fails while it has to wait. For a caller that waited too long in a statement that does more than claim.
 */
export function isBeingClaimed(db: Database, command: CommandKey): Promise<boolean> {
  const probe = db.transaction<never>(async (tx) => {
    await tx.query(sql`SELECT set_config('lock_timeout', ${`${PROBE_MS}ms`}, true)`);
    await tx.query(sql`WITH ${claimExpression(command)} SELECT key FROM claimed`);
    throw new Error("the key is free, or its command is over");
  });
  return probe.catch(isLockTimeout);
}

export type EarlierAnswer<Response> = { readonly found: true; readonly response: Response } | { readonly found: false };

interface Remembered<Response> {
  readonly fingerprint: string;
  readonly response: Response;
}

function cacheKey({ scope, key }: CommandKey): string {
  return `idempotency:${scope}:${key}`;
}

/** The finished answer from the cache. A miss, an entry for another input, or one that cannot be read, means: ask Postgres. */
export async function cachedAnswer<Response>(cache: Cache, command: CommandKey): Promise<EarlierAnswer<Response>> {
  try {
    const text = await cache.get(cacheKey(command));
    const remembered = text === undefined ? null : (JSON.parse(text) as Partial<Remembered<Response>> | null);
    if (remembered?.fingerprint !== command.fingerprint || remembered.response === undefined) return { found: false };
    return { found: true, response: remembered.response };
  } catch {
    return { found: false };
  }
}

/** Never rejects: an answer that is not remembered is found in Postgres. */
export async function rememberAnswer(cache: Cache, command: CommandKey, response: unknown): Promise<void> {
  const remembered: Remembered<unknown> = { fingerprint: command.fingerprint, response };
  await cache.set(cacheKey(command), JSON.stringify(remembered), IDEMPOTENCY_TTL_SECONDS).catch(() => undefined);
}

/** Stores how a claimed command ended: its answer, or its refusal. */
export async function finishClaim(tx: SqlExecutor, { scope, key }: CommandKey, answer: unknown): Promise<void> {
  await tx.query(sql`
    UPDATE idempotency_keys SET status = ${answer instanceof Refusal ? "refused" : "completed"}, response = ${JSON.stringify(answer)}::jsonb
    WHERE scope = ${scope} AND key = ${key}`);
}

/** What Postgres knows of the command. Throws the refusal that it ended with, and one when the key was used for another input. */
export async function storedAnswer<Response>(db: SqlExecutor, command: CommandKey): Promise<EarlierAnswer<Response>> {
  const rows = await db.query<{ fingerprint: string; status: string; response: unknown }>(sql`
    SELECT fingerprint, status, response FROM idempotency_keys
    WHERE scope = ${command.scope} AND key = ${command.key} AND expires_at >= now()`);
  const row = rows[0];
  if (row === undefined) return { found: false };
  if (row.fingerprint !== command.fingerprint) {
    throw refuse(
      "unprocessable",
      "IDEMPOTENCY_KEY_REUSED",
      "This Idempotency-Key was used before with another input. Use a new key for a new command.",
    );
  }
  // Stored by the same command, under its fingerprint.
  if (row.status === "refused") throw new Refusal(row.response as RefusalFacts);
  return { found: true, response: row.response as Response };
}

/** The refusal for a duplicate whose first attempt is still running. */
export const STILL_RUNNING = refuse(
  "conflict",
  "IDEMPOTENCY_KEY_IN_PROGRESS",
  "A command with this Idempotency-Key is still running. Ask again with the same key.",
  { retryAfterSeconds: 1 },
);
