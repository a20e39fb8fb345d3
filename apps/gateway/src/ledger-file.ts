/** The SQLite file of a ledger: made, checked, and filled from the JSON lines that earlier versions wrote. */
import { createReadStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { format, parse } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { kindOf, ledgerRecord } from "./ledger-record.ts";
import type { LedgerRecord } from "./ledger-record.ts";

/** Marks a file as ours: "tlgr", in the header field that SQLite keeps for it. */
const APPLICATION_ID = 0x746c6772;
/** How long another process's lock is waited for, such as that of a gateway that is just ending. */
const LOCKED_MS_MAX = 1_000;

/** `record` is the whole entry as JSON, exactly as written; the other columns are those it is looked up by. */
const SCHEMA = `
  CREATE TABLE records (
    place INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('capture', 'decline', 'refund')),
    id TEXT NOT NULL UNIQUE,
    charge_id TEXT NOT NULL, -- of a charge its own
    idempotency_key TEXT NOT NULL,
    amount INTEGER NOT NULL,
    at TEXT NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX records_by_key ON records (idempotency_key, (kind = 'refund'));
  CREATE INDEX records_by_charge ON records (charge_id, kind, amount);
  CREATE INDEX records_by_time ON records (at, kind);
  PRAGMA application_id = ${APPLICATION_ID};`;

/** This file cannot be the ledger, and why. */
export class LedgerFileError extends Error {
  override readonly name = "LedgerFileError";
}

/** Opens a ledger, or makes an empty one. Throws `LedgerFileError` when the file is something else or damaged. */
export function openLedgerFile(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: LOCKED_MS_MAX });
    const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
    if (isEmpty) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
    const { application_id: id } = { ...database.prepare("PRAGMA application_id").get() };
    if (id !== APPLICATION_ID) throw new Error("it is another program's database");
    const { quick_check: damage } = { ...database.prepare("PRAGMA quick_check(1)").get() };
    if (damage !== "ok") throw new Error(`it is damaged: ${String(damage)}`);
    return database;
  } catch (cause) {
    database?.close();
    throw new LedgerFileError(`${path} cannot be the ledger: ${(cause as Error).message}`, { cause });
  }
}

/** The statement that adds a record, as a function. */
export function prepareInsert(database: DatabaseSync): (record: LedgerRecord) => void {
  const insert = database.prepare(`
    INSERT INTO records (kind, id, charge_id, idempotency_key, amount, at, record) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  return (record) => {
    const { id, idempotencyKey, amount, at } = record;
    const chargeId = record.type === "refund" ? record.chargeId : id;
    insert.run(kindOf(record), id, chargeId, idempotencyKey, amount, at, JSON.stringify(record));
  };
}

/**
 * Takes over the JSON lines beside a ledger that is not there yet: `gateway-ledger.jsonl` for `gateway-ledger.sqlite`.
 * They go into a new file that gets its name when it holds them all, so that a kill at any moment leaves one of the two
 * whole. A last line that a kill cut short is left out: it was never acknowledged. Throws `LedgerFileError` for any other bad line.
 */
export async function takeOverJsonLines(path: string): Promise<void> {
  const earlier = format({ ...parse(path), base: "", ext: ".jsonl" });
  if (existsSync(path) || !existsSync(earlier)) return;
  const draft = `${path}.new`;
  for (const stale of [draft, `${draft}-journal`, `${path}-wal`, `${path}-shm`]) await rm(stale, { force: true });
  const database = openLedgerFile(draft);
  try {
    const insert = prepareInsert(database);
    database.exec("BEGIN");
    for await (const record of recordsOf(earlier)) insert(record);
    database.exec("COMMIT");
  } finally {
    database.close();
  }
  await rename(draft, path);
  await rm(earlier);
}

async function* recordsOf(path: string): AsyncGenerator<LedgerRecord> {
  let torn = "";
  let at = 0;
  for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
    const lines = `${torn}${chunk}`.split("\n");
    torn = lines.pop() ?? "";
    for (const line of lines) {
      at += 1;
      yield parseLine(line, `${path} line ${at}`);
    }
  }
}

function parseLine(line: string, where: string): LedgerRecord {
  try {
    return ledgerRecord.parse(JSON.parse(line));
  } catch (cause) {
    throw new LedgerFileError(`${where} is not a ledger record`, { cause });
  }
}
