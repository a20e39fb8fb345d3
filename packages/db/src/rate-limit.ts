/**
 * Limits on what may be done how often. What is left is kept in Redis, and in Postgres where there is none or it is away: all
 * processes share it, and a restart forgets nothing.
 */
import { createHash } from "node:crypto";
import { sql } from "@tillstream/runtime";
import type { Bucket, Cache, SqlExecutor } from "@tillstream/runtime";

export interface RateLimit extends Bucket {
  /** What is limited, such as `findOrder`. */
  readonly name: string;
}

/**
 * Takes one for `subject`. Resolves to 0, or to the milliseconds until there will be one.
 * @param count -1 gives back what was taken for something that need not be limited after all
 */
export async function takeWithin(
  cache: Cache,
  db: SqlExecutor,
  { name, ...bucket }: RateLimit,
  subject: string,
  count = 1,
): Promise<number> {
  // Addresses of people belong neither in a cache nor in a table.
  const key = `limit:${name}:${createHash("sha256").update(subject).digest("base64url")}`;
  return (await cache.take(key, bucket, count)) ?? takeFromTable(db, key, bucket, count);
}

/** As the cache does it: the row says when the bucket will be full again. */
async function takeFromTable(db: SqlExecutor, key: string, { size, refillMs }: Bucket, count: number): Promise<number> {
  const ms = (value: number) => sql`(${value} * interval '1 ms')`;
  const full = sql`least(greatest(held.full_at, clock_timestamp()), clock_timestamp() + ${ms(size * refillMs)})`;
  const taken = await db.query(sql`
    INSERT INTO rate_limits AS held (key, full_at) VALUES (${key}, clock_timestamp() + ${ms(Math.max(count, 0) * refillMs)})
    ON CONFLICT (key) DO UPDATE SET full_at = ${full} + ${ms(count * refillMs)}
    WHERE ${count} < 0 OR ${full} + ${ms(count * refillMs)} <= clock_timestamp() + ${ms(size * refillMs)}
    RETURNING 1`);
  if (taken.length > 0) return 0;
  const rows = await db.query<{ waitMs: number }>(sql`
    SELECT extract(epoch FROM full_at - clock_timestamp())::float8 * 1000 - ${(size - count) * refillMs} AS "waitMs"
    FROM rate_limits WHERE key = ${key}`);
  return Math.min(Math.max(rows[0]?.waitMs ?? 0, 1), count * refillMs);
}

/** Rows whose bucket is full again say nothing. */
export async function pruneLimits(db: SqlExecutor): Promise<void> {
  await db.query(sql`DELETE FROM rate_limits WHERE full_at < now()`);
}
