import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LedgerFileError } from "./ledger-file.ts";
import { openLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { charge, refund } from "./test-records.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tillstream-ledger-"));
  path = join(folder, "a-new-folder", "ledger.sqlite");
});
afterEach(() => rm(folder, { recursive: true }));

const idsIn = (ledger: Ledger) => ledger.entries().map(({ entry }) => entry.id);

it("all that was appended is there after reopening, to the letter", async () => {
  const first = await openLedger(path);
  const strange = { ...charge("c1"), orderId: "a\u0000b\ud800" };
  const declined = { ...charge("c2"), decline: { code: "generic_decline", message: "no" } };
  await Promise.all([first.append(strange), first.append(declined), first.append(refund("r1", "c1"))]);
  const before = first.entries();
  first.close();

  const second = await openLedger(path);
  expect(second.entries()).toEqual(before);
  expect(idsIn(second)).toEqual(["c1", "r1"]);
  expect(second.chargeById("c1")).toEqual(strange);
  expect(second.chargeByKey("key of c2")).toEqual(declined);
  expect(second.refundByKey("key of r1")?.id).toBe("r1");
  expect(second.refundedOf("c1")).toBe(200);
  expect(second.counts()).toEqual({ capture: 1, refund: 1 });
  second.close();
});

it("a charge and a refund may have the same key; what is looked for by it is found among its own kind", async () => {
  const ledger = await openLedger(path);
  const [ours, theirs] = [
    { ...charge("c1"), idempotencyKey: "k" },
    { ...refund("r1", "c1"), idempotencyKey: "k" },
  ];
  await Promise.all([ledger.append(ours), ledger.append(theirs)]);
  expect([ledger.chargeByKey("k"), ledger.refundByKey("k")]).toEqual([ours, theirs]);
  expect(ledger.chargeById("r1")).toBeUndefined();
  ledger.close();
});

it("entries since an instant are all found, also when the clock went backwards", async () => {
  const ledger = await openLedger(path);
  const hours = [12, 10, 11];
  await Promise.all(
    hours.map((hour) => ledger.append({ ...charge(`at ${hour}`), at: `2026-01-01T${hour}:00:00.000Z` })),
  );
  const since = (hour: number) =>
    ledger.entries({ since: new Date(Date.UTC(2026, 0, 1, hour)) }).map(({ entry }) => entry.id);
  expect(since(11)).toEqual(["at 12", "at 11"]);
  expect(since(10)).toEqual(["at 12", "at 10", "at 11"]);
  expect(since(13)).toEqual([]);
  ledger.close();
});

it("a record that is on disk is kept in memory by nobody", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const ledger = await openLedger(path);
  async function append(id: string): Promise<WeakRef<object>> {
    const record = charge(id);
    await ledger.append(record);
    return new WeakRef(record);
  }
  const records = await Promise.all(Array.from({ length: 100 }, (_, at) => append(`c${at}`)));
  expect(idsIn(ledger)).toHaveLength(100);
  await vi.waitFor(() => {
    collectGarbage();
    expect(records.filter((record) => record.deref() !== undefined)).toHaveLength(0);
  });
  ledger.close();
});

it("a write that fails leaves nothing of its batch, and closes the ledger for good", async () => {
  const ledger = await openLedger(path);
  await ledger.append(charge("c1"));
  const other = new DatabaseSync(path);
  other.exec(`CREATE TRIGGER full BEFORE INSERT ON records WHEN NEW.id = 'c3'
              BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  const batch = ["c2", "c3", "c4"].map((id) => ledger.append(charge(id)));
  expect(ledger.chargeById("c2")).toBeUndefined();
  const outcomes = await Promise.allSettled(batch);
  expect(outcomes).toMatchObject(batch.map(() => ({ reason: { message: "the disk is full" } })));
  expect(ledger.isWritable()).toBe(false);
  other.exec("DROP TRIGGER full");
  other.close();
  await expect(ledger.append(charge("c5"))).rejects.toThrow("the disk is full");
  expect(idsIn(ledger)).toEqual(["c1"]);
  ledger.close();
});

it("what waits for its commit is on disk when the ledger is closed, and later records are refused", async () => {
  const ledger = await openLedger(path);
  const appended = ledger.append(charge("c1"));
  ledger.close();
  await appended;
  await expect(ledger.append(charge("c2"))).rejects.toThrow("closed");
  const again = await openLedger(path);
  expect(idsIn(again)).toEqual(["c1"]);
  again.close();
});

it("a file that is not a ledger is refused by name and left as it is", async () => {
  const text = '{"type":"charge"}\n'.repeat(100);
  await writeFile(join(folder, "text"), text);
  const foreign = new DatabaseSync(join(folder, "foreign"));
  foreign.exec("CREATE TABLE records (place INTEGER PRIMARY KEY)");
  foreign.close();
  await expect(openLedger(join(folder, "text"))).rejects.toThrow(/text cannot be the ledger: file is not a database/);
  await expect(openLedger(join(folder, "foreign"))).rejects.toThrow(
    /foreign cannot be the ledger: .* another program's/,
  );
  expect(await readFile(join(folder, "text"), "utf8")).toBe(text);
});

it("a damaged ledger is refused", async () => {
  const ledger = await openLedger(path);
  await Promise.all(Array.from({ length: 100 }, (_, at) => ledger.append(charge(`c${at}`))));
  ledger.close();
  const file = await open(path, "r+");
  const { size } = await file.stat();
  await file.write(Buffer.alloc(size - 4_096, 0xff), 0, size - 4_096, 4_096);
  await file.close();
  await expect(openLedger(path)).rejects.toThrow(LedgerFileError);
  await expect(openLedger(path)).rejects.toThrow(dirname(path));
});
