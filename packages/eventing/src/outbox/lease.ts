/**
 * One relay at a time: it gives out the positions of the global order. The lease says who; the epoch grows with every change of owner and is in
 * the condition of every write, so that an owner that was paused and wakes up writes nothing.
 */
import { sql } from "@tillstream/runtime";
import type { Scheduler, Sql, SqlExecutor } from "@tillstream/runtime";
import type { Wait } from "../postgres/wait.ts";

/** The right to publish, as its owner holds it. */
export interface RelayLease {
  readonly owner: string;
  readonly epoch: number;
}

/** A lease that is not renewed for this long may be taken over. Every batch renews it, and goes on doing so while it takes. */
export const RELAY_LEASE_MS = 5_000;
const RENEW_MS = RELAY_LEASE_MS / 3;
/** A batch that takes longer than so many renewals is stalled: the next worker to find the lease expired takes over. */
const RENEWALS_MAX = 36;

export const RELAY_LEASE_WAIT: Wait = {
  table: sql`relay_leases`,
  column: sql`expires_at`,
  among: sql`true`,
  longestMs: RELAY_LEASE_MS,
  leftMs: RELAY_LEASE_MS,
};

/** The table has one row, by the name of a time when there were to be more. */
const ROW = 0;

/** The condition of every write of the relay. */
export const isHeldBy = ({ owner, epoch }: RelayLease): Sql =>
  sql`partition = ${ROW} AND owner = ${owner} AND epoch = ${epoch}`;

/** Takes the lease when it is free, expired or already ours; undefined while another owner holds it. */
export async function acquireRelayLease(db: SqlExecutor, owner: string): Promise<RelayLease | undefined> {
  const rows = await db.query<{ epoch: number }>(sql`
    INSERT INTO relay_leases AS lease (partition, owner, epoch, expires_at)
    VALUES (${ROW}, ${owner}, 1, now() + ${RELAY_LEASE_MS} * interval '1 ms')
    ON CONFLICT (partition) DO UPDATE
      SET owner = excluded.owner, epoch = lease.epoch + 1, expires_at = excluded.expires_at
      WHERE lease.expires_at < now() OR lease.owner = excluded.owner
    RETURNING epoch`);
  const epoch = rows[0]?.epoch;
  return epoch === undefined ? undefined : { owner, epoch };
}

/** False when the lease has been taken over, and nothing was renewed. */
export async function renewRelayLease(db: SqlExecutor, lease: RelayLease): Promise<boolean> {
  const rows = await db.query(sql`
    UPDATE relay_leases SET expires_at = clock_timestamp() + ${RELAY_LEASE_MS} * interval '1 ms'
    WHERE ${isHeldBy(lease)}
    RETURNING partition`);
  return rows.length > 0;
}

/** Renews the lease, while it is ours, until `work` has ended, for a minute at most. */
export async function whileKeepingLease<Result>(
  { db, scheduler }: { readonly db: SqlExecutor; readonly scheduler: Scheduler },
  lease: RelayLease,
  work: () => Promise<Result>,
): Promise<Result> {
  let renewals = 0;
  const stop = scheduler.every(RENEW_MS, async () => {
    renewals += 1;
    if (renewals <= RENEWALS_MAX) await renewRelayLease(db, lease);
  });
  try {
    return await work();
  } finally {
    stop();
  }
}

/** Lets the next owner start at once. */
export async function releaseRelayLease(db: SqlExecutor, lease: RelayLease): Promise<void> {
  await db.query(sql`
    UPDATE relay_leases SET expires_at = now()
    WHERE ${isHeldBy(lease)}`);
}
