import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deleteData, refusal } from "./reset.ts";
import { claimDataFolder } from "./state-file.ts";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tillstream-reset-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test("any database but the embedded one is refused, without its password in the message", () => {
  const reason = refusal({ dataDir, databaseUrl: "postgresql://shop:hunter2@db.example.com/shop" });
  expect(reason).toContain("db.example.com/shop");
  expect(reason).not.toContain("hunter2");
});

test("data in use are refused", async () => {
  const state = await claimDataFolder(dataDir, "start", () => undefined);
  expect(refusal({ dataDir, databaseUrl: undefined })).toContain(`process ${process.pid}`);
  state.release();
  expect(refusal({ dataDir, databaseUrl: undefined })).toBeUndefined();
});

test("the gateway's ledger is deleted, an earlier version's too, and what is not ours is left", async () => {
  const ours = ["sqlite", "sqlite-wal", "sqlite-shm", "sqlite.new", "jsonl"].map((end) => `gateway-ledger.${end}`);
  for (const file of [...ours, "notes.txt"]) writeFileSync(join(dataDir, file), "");
  await deleteData(dataDir);
  expect(readdirSync(dataDir)).toEqual(["notes.txt"]);
});
