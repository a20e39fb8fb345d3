import { randomBytes } from "node:crypto";
import { createKeyring } from "@tillstream/eventing";
import { createTestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { afterEach, expect, it, vi } from "vitest";
import { rewrapKeys, rewrite } from "./privacy.ts";

afterEach(() => void vi.restoreAllMocks().unstubAllEnvs());

it("keys are wrapped by the first of the master keys, and what they seal opens with it alone", async () => {
  await using shop = await createTestShop();
  const [old, next] = ["old", "next"].map((id) => ({ id, key: randomBytes(32) }));
  if (old === undefined || next === undefined) throw new Error("two keys were made");
  const sealed = await createKeyring([old]).seal(shop.database, "ines", "a letter");
  vi.stubEnv("MASTER_KEYS", [next, old].map(({ id, key }) => `${id}:${key.toString("base64")}`).join(","));
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await rewrapKeys(shop.database);
  expect(said).toHaveBeenLastCalledWith("1 keys are wrapped again; all are wrapped by next now");
  expect(await createKeyring([next]).open(shop.database, [{ subject: "ines", sealed }])).toEqual(["a letter"]);
});

it("tables are rewritten once for each erasure, and it says what still holds old rows", async () => {
  await using shop = await createTestShop();
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await rewrite(shop.test.url);
  expect(said).toHaveBeenLastCalledWith("No customer was erased since the tables were rewritten");
  await shop.database.query(
    sql`INSERT INTO erasures (customer_id, finished_at, erased) VALUES ('guest-1', now(), '{}')`,
  );
  const fileOf = () => shop.database.query(sql`SELECT pg_relation_filenode('orders') AS file`);
  const before = await fileOf();
  // A backup is under way, and still sees what was there.
  await shop.database.query(sql`DELETE FROM erasures`);
  const backup = await shop.test.pool.connect();
  await backup.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await backup.query("SELECT count(*) FROM events");
  await shop.database.query(
    sql`INSERT INTO erasures (customer_id, finished_at, erased) VALUES ('guest-1', now(), '{}')`,
  );
  expect(await rewrite(shop.test.url)).toBe(1);
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining("1 erased customer can still be seen"));
  await backup.query("COMMIT");
  backup.release();
  // Autovacuum may see them for a moment as well.
  await vi.waitFor(async () => {
    await rewrite(shop.test.url);
    expect(said).toHaveBeenLastCalledWith(expect.stringMatching(/of 1 erased customer\. Backups/));
  });
  expect(await fileOf()).not.toEqual(before);
  await rewrite(shop.test.url);
  expect(said).toHaveBeenLastCalledWith("No customer was erased since the tables were rewritten");
});
