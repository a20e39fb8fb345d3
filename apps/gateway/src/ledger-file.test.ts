/** The JSON lines of earlier versions become the ledger. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openLedger } from "./ledger.ts";
import { charge, refund } from "./test-records.ts";

let folder: string;
let path: string;
let earlier: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tillstream-ledger-"));
  path = join(folder, "gateway-ledger.sqlite");
  earlier = join(folder, "gateway-ledger.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const declined = { ...charge("c2"), decline: { code: "generic_decline", message: "nö" } };
const LINES = [charge("c1"), declined, refund("r1", "c1"), charge("c3")].map((record) => JSON.stringify(record));
const TORN = '{"type":"charge","id":"c4","ord';

async function contentOf(ledgerPath: string) {
  const ledger = await openLedger(ledgerPath);
  const ids = ledger.entries().map(({ entry }) => entry.id);
  const content = { ids, declined: ledger.chargeByKey("key of c2"), refunded: ledger.refundedOf("c1") };
  ledger.close();
  return content;
}

it("every record is taken over once, a torn last line left out, and the earlier file is gone", async () => {
  await writeFile(earlier, `${LINES.join("\n")}\n${TORN}`);
  for (let opened = 0; opened < 2; opened += 1) {
    expect(await contentOf(path)).toEqual({ ids: ["c1", "r1", "c3"], declined, refunded: 200 });
    expect(await readdir(folder)).toEqual(["gateway-ledger.sqlite"]);
  }
});

it("what a killed start left half done is done again from the beginning", async () => {
  await writeFile(earlier, `${LINES.join("\n")}\n`);
  for (const end of [".new", ".new-journal", "-wal"]) await writeFile(`${path}${end}`, "half of a ledger");
  expect((await contentOf(path)).ids).toEqual(["c1", "r1", "c3"]);
  expect(await readdir(folder)).toEqual(["gateway-ledger.sqlite"]);
});

it("a bad line before the last refuses to open, names the line, and leaves the earlier file", async () => {
  const lines = [LINES[0], "not json", ...LINES.slice(1), ""].join("\n");
  await writeFile(earlier, lines);
  for (let tries = 0; tries < 2; tries += 1)
    await expect(openLedger(path)).rejects.toThrow(`${earlier} line 2 is not a ledger record`);
  expect(await readFile(earlier, "utf8")).toBe(lines);
});

it("beside a ledger that is there, the earlier file is nobody's business", async () => {
  const ledger = await openLedger(path);
  await ledger.append(charge("own"));
  ledger.close();
  await writeFile(earlier, `${LINES.join("\n")}\n`);
  expect((await contentOf(path)).ids).toEqual(["own"]);
  expect(await readFile(earlier, "utf8")).toContain("c3");
});
