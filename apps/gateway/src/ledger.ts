/**
 * The gateway's memory: an append-only file of JSON lines. What `append` resolved for is on disk and
 * survives a kill; what it did not resolve for is not visible to anyone. A last line that a kill
 * tore is cut off on opening: nobody was told about it. A bad line anywhere else refuses to open.
 */
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const chargeRecord = z.object({
  type: z.literal("charge"),
  id: z.string(),
  orderId: z.string(),
  amount: z.int(),
  currency: z.string(),
  idempotencyKey: z.string(),
  fingerprint: z.string(),
  decline: z.object({ code: z.string(), message: z.string() }).optional(),
  at: z.string(),
});
const refundRecord = z.object({
  type: z.literal("refund"),
  id: z.string(),
  chargeId: z.string(),
  orderId: z.string(),
  amount: z.int(),
  currency: z.string(),
  idempotencyKey: z.string(),
  fingerprint: z.string(),
  at: z.string(),
});
const ledgerRecord = z.discriminatedUnion("type", [chargeRecord, refundRecord]);

export type ChargeRecord = z.infer<typeof chargeRecord>;
export type RefundRecord = z.infer<typeof refundRecord>;
type LedgerRecord = z.infer<typeof ledgerRecord>;

/** One movement of money, as `GET /ledger` shows it. Declined charges moved none. */
export interface LedgerEntry {
  readonly id: string;
  readonly kind: "capture" | "refund";
  readonly chargeId?: string;
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
}

export interface Ledger {
  /** Resolves once the record is on disk. A failed write closes the ledger for good: what the file holds is then unknown. */
  append(record: LedgerRecord): Promise<void>;
  chargeByKey(idempotencyKey: string): ChargeRecord | undefined;
  chargeById(id: string): ChargeRecord | undefined;
  refundByKey(idempotencyKey: string): RefundRecord | undefined;
  /** Minor units refunded of a charge so far. */
  refundedOf(chargeId: string): number;
  entries(): readonly LedgerEntry[];
  isWritable(): boolean;
  close(): Promise<void>;
}

export class CorruptLedgerError extends Error {
  override readonly name = "CorruptLedgerError";
}

export async function openLedger(path: string): Promise<Ledger> {
  await mkdir(dirname(path), { recursive: true });
  const { records, intactBytes } = parseLedger(path, await readIfPresent(path));
  const file = await open(path, "a");
  await file.truncate(intactBytes);
  const index = createIndex();
  for (const record of records) index.add(record);

  let failure: Error | undefined;
  let waiting: { record: LedgerRecord; resolve: () => void; reject: (error: Error) => void }[] = [];
  let flushing: Promise<void> | undefined;

  /** Group commit: whatever arrived during one fsync shares the next. */
  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure) throw failure;
        await file.appendFile(batch.map(({ record }) => `${JSON.stringify(record)}\n`).join(""));
        await file.datasync();
        for (const { record, resolve } of batch) {
          index.add(record);
          resolve();
        }
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error));
        for (const { reject } of batch) reject(failure);
      }
    }
    flushing = undefined;
  }

  return {
    append(record) {
      if (failure) return Promise.reject(failure);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ record, resolve, reject });
      flushing ??= flush();
      return promise;
    },
    chargeByKey: (key) => index.chargesByKey.get(key),
    chargeById: (id) => index.chargesById.get(id),
    refundByKey: (key) => index.refundsByKey.get(key),
    refundedOf: (chargeId) => index.refunded.get(chargeId) ?? 0,
    entries: () => index.entries,
    isWritable: () => failure === undefined,
    async close() {
      await flushing;
      failure ??= new Error("the ledger is closed");
      await file.close();
    },
  };
}

async function readIfPresent(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

function parseLedger(path: string, content: Buffer): { records: LedgerRecord[]; intactBytes: number } {
  const intactBytes = content.lastIndexOf("\n") + 1;
  const lines = content.subarray(0, intactBytes).toString().split("\n").slice(0, -1);
  const records = lines.map((line, at) => {
    try {
      return ledgerRecord.parse(JSON.parse(line));
    } catch (cause) {
      throw new CorruptLedgerError(`${path} line ${at + 1} is not a ledger record`, { cause });
    }
  });
  return { records, intactBytes };
}

function createIndex() {
  const chargesByKey = new Map<string, ChargeRecord>();
  const chargesById = new Map<string, ChargeRecord>();
  const refundsByKey = new Map<string, RefundRecord>();
  const refunded = new Map<string, number>();
  const entries: LedgerEntry[] = [];
  return {
    chargesByKey,
    chargesById,
    refundsByKey,
    refunded,
    entries,
    add(record: LedgerRecord): void {
      const { id, orderId, amount, currency, at } = record;
      if (record.type === "refund") {
        const { chargeId } = record;
        refundsByKey.set(record.idempotencyKey, record);
        refunded.set(chargeId, (refunded.get(chargeId) ?? 0) + amount);
        entries.push({ id, kind: "refund", chargeId, orderId, amount, currency, at });
        return;
      }
      chargesByKey.set(record.idempotencyKey, record);
      chargesById.set(id, record);
      if (record.decline === undefined) entries.push({ id, kind: "capture", orderId, amount, currency, at });
    },
  };
}
