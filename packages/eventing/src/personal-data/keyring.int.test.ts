import { randomBytes } from "node:crypto";
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { MasterKey } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createKeyring, destroyKeys, MasterKeyError, SubjectForgottenError } from "./keyring.ts";

const masterKey = (id: string): MasterKey => ({ id, key: randomBytes(32) });
const [current, next] = [masterKey("2026"), masterKey("2027")];
const keyring = createKeyring([current]);
const TEXT = "To Ines: your order is on its way. \u00e9\ud83d\udce6";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test[Symbol.asyncDispose]());

const seal = (subject: string, text = TEXT) => test.database.transaction((tx) => keyring.seal(tx, subject, text));
const open = (subject: string, sealed: string, ring = keyring) => ring.open(test.database, [{ subject, sealed }]);

it("what is sealed opens for its subject, and nothing of it can be read before", async () => {
  const [one, other] = [await seal("ines"), await seal("ines")];
  expect(one).not.toBe(other);
  expect(Buffer.from(one, "base64url").toString("latin1")).not.toContain("Ines");
  expect([...(await open("ines", one)), ...(await open("ines", other))]).toEqual([TEXT, TEXT]);
});

it("a text opens under no other subject, and not when a bit of it is changed", async () => {
  const sealed = await seal("one");
  await seal("another");
  await expect(open("another", sealed)).rejects.toThrow();
  const last = sealed.at(-3) === "A" ? "B" : "A";
  await expect(open("one", `${sealed.slice(0, -3)}${last}${sealed.slice(-2)}`)).rejects.toThrow();
});

it("a key that was destroyed opens nothing, and seals nothing again; others stay", async () => {
  const [gone, stays] = [await seal("gone"), await seal("stays")];
  await test.database.transaction((tx) => destroyKeys(tx, ["gone", "never-had-one"]));
  expect(await open("gone", gone)).toEqual([undefined]);
  expect(await open("stays", stays)).toEqual([TEXT]);
  for (const subject of ["gone", "never-had-one"]) await expect(seal(subject)).rejects.toThrow(SubjectForgottenError);
  const rows = await test.database.query(sql`SELECT wrapped FROM subject_keys WHERE destroyed_at IS NOT NULL`);
  expect(rows).toEqual([{ wrapped: null }, { wrapped: null }]);
});

it("ten who seal for a new subject at once share one key", async () => {
  const sealed = await Promise.all(Array.from({ length: 10 }, (_, at) => seal("crowded", `text ${at}`)));
  const opened = await keyring.open(
    test.database,
    sealed.map((text) => ({ subject: "crowded", sealed: text })),
  );
  expect(opened).toEqual(Array.from({ length: 10 }, (_, at) => `text ${at}`));
});

it("a text that was committed while its key was being destroyed opens to nobody", async () => {
  await seal("raced");
  let committed = "";
  const sealing = test.database.transaction(async (tx) => {
    committed = await keyring.seal(tx, "raced", TEXT);
    // The key cannot be destroyed before this ends.
    void destroying();
    await tx.query(sql`SELECT 1`);
  });
  let destroyed: Promise<void> | undefined;
  const destroying = () => (destroyed = test.database.transaction((tx) => destroyKeys(tx, ["raced"])));
  await sealing;
  await destroyed;
  expect(await open("raced", committed)).toEqual([undefined]);
});

it("keys are wrapped again by the next master key, and the old one can go", async () => {
  const sealed = await seal("kept");
  const both = createKeyring([next, current]);
  const lost = createKeyring([masterKey("lost")]);
  await expect(lost.seal(test.database, "stranger", TEXT)).rejects.toThrow(MasterKeyError);
  await test.database.query(sql`INSERT INTO subject_keys (subject, wrapped) VALUES ('damaged', '2026.nothing')`);
  const { rewrapped, failed } = await both.rewrap(test.database);
  expect([rewrapped > 3, failed]).toEqual([true, 1]);
  expect(await both.rewrap(test.database)).toEqual({ rewrapped: 0, failed: 1 });
  await test.database.query(sql`DELETE FROM subject_keys WHERE subject = 'damaged'`);
  expect(await open("kept", sealed, createKeyring([next]))).toEqual([TEXT]);
  await createKeyring([next]).prove(test.database);
  const stranger = { ...masterKey(next.id) };
  for (const [keys, what] of [
    [[current], "the key 2027 is missing"],
    [[stranger], "the key 2027 is another one than before"],
  ] as const) {
    const wrong = createKeyring(keys);
    expect(await open("kept", sealed, wrong)).toEqual([expect.any(MasterKeyError)]);
    await expect(wrong.prove(test.database)).rejects.toThrow(what);
  }
});
