import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { acquireRelayLease } from "../outbox/lease.ts";
import { beginRun, claimStep } from "../saga/state.ts";
import { ONCE, consumerThat } from "../testing/releasing.ts";
import { tripRun, tripSaga } from "../testing/trip-saga.ts";
import { cutWaits, kernelWaits } from "./cut-waits.ts";
import { CLOCK_STEP_MS } from "../postgres/wait.ts";

const retry = { attempts: 3, backoffMs: 1_000, backoffMsMax: 30_000 };
const saga = tripSaga([], undefined, (step) => ({ ...step, retry }));
const consumer = consumerThat(() => false, { ...ONCE, backoffMsMax: 60_000 });
const waits = kernelWaits([saga], [consumer]);

const begin = (db: Database) => db.transaction((tx) => beginRun(tx, saga, tripRun));
const insertDeadLetter = (db: Database, retryId: number | null) =>
  db.query(sql`
    INSERT INTO dead_letters (consumer, event_id, stream_id, position, error, attempts, status, next_attempt_at, retry_id)
    VALUES ('ledger', 'a:1', 'a', 1, 'away', 1, 'retrying', now(), ${retryId}::bigint)`);

interface Kind {
  readonly what: string;
  readonly write: (db: Database) => Promise<unknown>;
  readonly table: Sql;
  readonly column: Sql;
  readonly longestMs: number;
  readonly leftMs: number;
}

const kinds: readonly Kind[] = [
  {
    what: "the relay's lease",
    write: (db) => acquireRelayLease(db, "a dead relay"),
    table: sql`relay_leases`,
    column: sql`expires_at`,
    longestMs: 5_000,
    leftMs: 5_000,
  },
  {
    what: "a row that could not be published",
    write: (db) =>
      db.query(sql`
        INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload, next_attempt_at) VALUES ('a:1', 'Added', 'a', '{}', now())`),
    table: sql`outbox_events`,
    column: sql`next_attempt_at`,
    longestMs: 75_000,
    leftMs: 0,
  },
  {
    what: "a step's lease",
    write: async (db) => {
      await begin(db);
      await claimStep(db, { sagaId: "trip:1", step: "flight", kind: "action" }, [saga]);
    },
    table: sql`saga_steps`,
    column: sql`lease_expires_at`,
    longestMs: 10_000,
    leftMs: 10_000,
  },
  {
    what: "a step that is to be tried again",
    write: begin,
    table: sql`saga_steps`,
    column: sql`run_at`,
    longestMs: 30_000,
    leftMs: 0,
  },
  {
    what: "an event that is to be tried again",
    write: (db) => insertDeadLetter(db, null),
    table: sql`dead_letters`,
    column: sql`next_attempt_at`,
    longestMs: 75_000,
    leftMs: 0,
  },
];

const setAhead = (db: SqlExecutor, { table, column }: Kind, ms: number) =>
  db.query(sql`UPDATE ${table} SET ${column} = now() + ${ms} * interval '1 ms'`);
const leftMs = (db: SqlExecutor, { table, column }: Kind) =>
  db.query(sql`SELECT (extract(epoch FROM min(${column}) - now()) * 1000)::int AS "leftMs" FROM ${table}`);

it.for(kinds.map((kind) => [kind.what, kind] as const))(
  "%s that lies an hour ahead is cut short, and one as long as can be meant is not",
  async ([, kind]) => {
    await using test = await createTestDatabase();
    await kind.write(test.database);
    // In one transaction, so that its clock does not move.
    await test.database.transaction(async (tx) => {
      await setAhead(tx, kind, kind.longestMs + CLOCK_STEP_MS);
      expect(await cutWaits(tx, waits)).toBe(0);
      await setAhead(tx, kind, 3_600_000);
      expect(await cutWaits(tx, waits)).toBe(1);
      expect(await leftMs(tx, kind)).toEqual([{ leftMs: kind.leftMs }]);
    });
  },
);

it("a retry that an operator spread over an hour keeps its pace", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const rows = await db.query<{ id: number }>(sql`
    INSERT INTO dead_letter_retries (actor, reason, per_second, stop_on_failure) VALUES ('ops', 'try', 1, false) RETURNING id`);
  await insertDeadLetter(db, rows[0]?.id ?? 0);
  await db.query(sql`UPDATE dead_letters SET next_attempt_at = now() + interval '1 hour'`);
  expect(await cutWaits(db, waits)).toBe(0);
});

it("locked rows are left to the next turn, and do not delay the others", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await begin(db);
  await acquireRelayLease(db, "a dead relay");
  await db.query(sql`UPDATE saga_steps SET run_at = now() + interval '1 hour'`);
  await db.query(sql`UPDATE relay_leases SET expires_at = now() + interval '1 hour'`);
  await db.transaction(async (tx) => {
    await tx.query(sql`SELECT FROM saga_steps FOR UPDATE`);
    expect(await cutWaits(db, waits)).toBe(1);
  });
  expect(await cutWaits(db, waits)).toBe(1);
});
