/**
 * The gateway's memory: an append-only table in a SQLite file, and nothing of it in this process. What `append` resolved
 * for is on disk and survives a kill; what it did not resolve for is not visible to anyone.
 */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { z } from "zod";
import { openLedgerFile, prepareInsert, takeOverJsonLines } from "./ledger-file.ts";
import { chargeRecord, entryOf, ledgerRecord, refundRecord } from "./ledger-record.ts";
import type { ChargeRecord, LedgerEntry, LedgerRecord, RefundRecord } from "./ledger-record.ts";

/** Which entries; all of them when it is empty. */
export interface EntryFilter {
  /** Recorded at this instant or later. */
  readonly since?: Date | undefined;
  /** In later places than this one. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
  readonly kind?: LedgerEntry["kind"] | undefined;
  /** The capture with this id, and its refunds. */
  readonly chargeId?: string | undefined;
}

export interface PlacedEntry {
  /** Where it is in the ledger; grows with each record. */
  readonly place: number;
  readonly entry: LedgerEntry;
}

export interface Ledger {
  /** Resolves once the record is on disk. A failed write closes the ledger for good: what the file holds is then unknown. */
  append(record: LedgerRecord): Promise<void>;
  chargeByKey(idempotencyKey: string): ChargeRecord | undefined;
  chargeById(id: string): ChargeRecord | undefined;
  refundByKey(idempotencyKey: string): RefundRecord | undefined;
  /** Minor units refunded of a charge so far. */
  refundedOf(chargeId: string): number;
  /** In order of their places. */
  entries(filter?: EntryFilter): PlacedEntry[];
  counts(): Readonly<Record<LedgerEntry["kind"], number>>;
  isWritable(): boolean;
  close(): void;
}

export async function openLedger(path: string): Promise<Ledger> {
  await mkdir(dirname(path), { recursive: true });
  await takeOverJsonLines(path);
  const database = openLedgerFile(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const insert = prepareInsert(database);
  const byKey = "SELECT record FROM records WHERE idempotency_key = ? AND (kind = 'refund') =";
  const selectCharge = database.prepare(`${byKey} 0`);
  const selectRefund = database.prepare(`${byKey} 1`);
  const selectById = database.prepare("SELECT record FROM records WHERE id = ? AND kind <> 'refund'");
  const selectRefunded = database.prepare(
    "SELECT coalesce(sum(amount), 0) AS refunded FROM records WHERE charge_id = ? AND kind = 'refund'",
  );
  const selectCounts = database.prepare(`
    SELECT count(*) FILTER (WHERE kind = 'capture') AS capture, count(*) FILTER (WHERE kind = 'refund') AS refund
    FROM records`);

  let failure: Error | undefined;
  let waiting: { record: LedgerRecord; resolve: () => void; reject: (error: Error) => void }[] = [];

  /** Group commit: whatever arrived during one commit shares the next. */
  function commit(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      if (failure) throw failure;
      inTransaction(database, () => {
        for (const { record } of batch) insert(record);
      });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
      for (const { reject } of batch) reject(failure);
    }
  }

  return {
    append(record) {
      if (failure) return Promise.reject(failure);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (waiting.push({ record, resolve, reject }) === 1) setImmediate(commit);
      return promise;
    },
    chargeByKey: (key) => parseRow(chargeRecord, selectCharge.get(key)),
    chargeById: (id) => parseRow(chargeRecord, selectById.get(id)),
    refundByKey: (key) => parseRow(refundRecord, selectRefund.get(key)),
    refundedOf: (chargeId) => Number(selectRefunded.get(chargeId)?.["refunded"]),
    entries: (filter = {}) => selectEntries(database, filter),
    counts() {
      const { capture, refund } = { ...selectCounts.get() };
      return { capture: Number(capture), refund: Number(refund) };
    },
    isWritable: () => failure === undefined,
    close() {
      commit();
      failure ??= new Error("the ledger is closed");
      database.close();
    },
  };
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function selectEntries(database: DatabaseSync, filter: EntryFilter): PlacedEntry[] {
  const { since, after, limit, kind, chargeId } = filter;
  const conditions = ["kind <> 'decline'"];
  const parameters: Record<string, string | number> = {};
  function where(condition: string, name: string, value: string | number | undefined): void {
    if (value === undefined) return;
    conditions.push(condition);
    parameters[name] = value;
  }
  where("place > :after", "after", after);
  where("at >= :since", "since", since?.toISOString());
  where("kind = :kind", "kind", kind);
  where("charge_id = :chargeId", "chargeId", chargeId);
  // Without a place to go on from, the index by time finds the first one instead of a walk from the beginning.
  if (since && after === undefined) conditions.push("place >= (SELECT min(+place) FROM records WHERE at >= :since)");
  const select = database.prepare(`
    SELECT place, record FROM records WHERE ${conditions.join(" AND ")} ORDER BY place LIMIT ${limit ?? -1}`);
  return Array.from(select.iterate(parameters), ({ place, record }) => ({
    place: Number(place),
    entry: entryOf(ledgerRecord.parse(JSON.parse(String(record)))),
  }));
}

function parseRow<Schema extends z.ZodType>(
  schema: Schema,
  row: Record<string, SQLOutputValue> | undefined,
): z.infer<Schema> | undefined {
  return row && schema.parse(JSON.parse(String(row["record"])));
}
