import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CorruptLedgerError, openLedger } from "./ledger.ts";
import type { ChargeRecord, RefundRecord } from "./ledger.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tillstream-ledger-"));
  path = join(folder, "a-new-folder", "ledger.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const common = { orderId: "o", amount: 500, currency: "USD", fingerprint: "f", at: "2026-01-01T00:00:00.000Z" };
const charge = (id: string): ChargeRecord => ({ ...common, type: "charge", id, idempotencyKey: `key of ${id}` });
const refund = (id: string, chargeId: string): RefundRecord => ({
  ...common,
  type: "refund",
  id,
  chargeId,
  amount: 200,
  idempotencyKey: `key of ${id}`,
});

it("all that was appended is there after reopening", async () => {
  const first = await openLedger(path);
  const declined = { ...charge("c2"), decline: { code: "generic_decline", message: "no" } };
  await Promise.all([first.append(charge("c1")), first.append(declined), first.append(refund("r1", "c1"))]);
  const before = first.entries();
  await first.close();

  const second = await openLedger(path);
  expect(second.entries()).toEqual(before);
  expect(second.entries().map(({ id }) => id)).toEqual(["c1", "r1"]);
  expect(second.chargeByKey("key of c2")).toEqual(declined);
  expect(second.refundByKey("key of r1")?.id).toBe("r1");
  expect(second.refundedOf("c1")).toBe(200);
  await second.close();
});

it("a torn last line is cut off, and what is appended next is whole", async () => {
  const first = await openLedger(path);
  await first.append(charge("c1"));
  await first.close();
  await appendFile(path, '{"type":"charge","id":"c2","ord');

  const second = await openLedger(path);
  expect(second.entries()).toHaveLength(1);
  await second.append(charge("c3"));
  await second.close();

  const third = await openLedger(path);
  expect(third.entries().map(({ id }) => id)).toEqual(["c1", "c3"]);
  await third.close();
  expect(await readFile(path, "utf8")).not.toContain("c2");
});

it("a bad line before the last refuses to open and names the line", async () => {
  const ledger = await openLedger(path);
  await ledger.append(charge("c1"));
  await ledger.close();
  await writeFile(path, `not json\n${await readFile(path, "utf8")}`);
  await expect(openLedger(path)).rejects.toThrow(CorruptLedgerError);
  await expect(openLedger(path)).rejects.toThrow("line 1");
});

it("a ledger that cannot write says so and shows nothing that is not on disk", async () => {
  const ledger = await openLedger(path);
  await ledger.close();
  expect(ledger.isWritable()).toBe(false);
  await expect(ledger.append(charge("c1"))).rejects.toThrow();
  expect(ledger.entries()).toEqual([]);
});
