/** A long stream as the console reads it, page by page: one of its first events is unreadable, and a snapshot lies far behind that. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { adminRouter } from "../routers.ts";
import { createTestShop, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { accountAggregate } from "./account.ts";

const streamId = accountAggregate.streamId("long");
const LENGTH = 1_050;
const UNREADABLE = 3;
const SNAPSHOT = 1_000;
const OLD_SNAPSHOT = 1_020;

/** Each deposit is one cent, but for what the snapshot knows of. */
const balanceAfter = (version: number) => 50_000 + version - SNAPSHOT;

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  const state = { accountId: "long", currency: "USD", balance: balanceAfter(SNAPSHOT), holds: {} };
  await shop.database.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
    SELECT ${streamId} || ':' || version, ${streamId}, 'account', version,
      CASE version WHEN 1 THEN 'AccountCreated' ELSE 'MoneyDeposited' END,
      CASE version WHEN ${UNREADABLE} THEN 9 ELSE 1 END,
      CASE version WHEN 1 THEN '{"accountId":"long","currency":"USD"}'::jsonb ELSE '{"accountId":"long","amount":1}' END, '{}',
      timestamptz '2026-03-01T10:00:00Z' + version * interval '1 second'
    FROM generate_series(1, ${LENGTH}) AS version`);
  await shop.database.query(sql`
    INSERT INTO snapshots (stream_id, version, state_version, state)
    VALUES (${streamId}, ${SNAPSHOT}, ${accountAggregate.stateVersion}, ${JSON.stringify(state)}::jsonb), (${streamId}, ${OLD_SNAPSHOT}, 0, '{}')`);
});
afterAll(() => shop[Symbol.asyncDispose]());

const streams = () => createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } })).streams;

it("what is replayed from the middle begins at the snapshot before it, and ends with the page", async () => {
  const page = { streamId, afterVersion: 1_010, limit: 5 };
  const { steps, problem } = await streams().changes({ ...page, show: ["/balance", "/nothing"] });
  const versions = [1_011, 1_012, 1_013, 1_014, 1_015];
  expect(problem).toBeNull();
  expect(steps).toEqual(
    versions.map((version) => ({
      version,
      changes: [{ path: "/balance", before: balanceAfter(version - 1), after: balanceAfter(version) }],
      shown: { "/balance": balanceAfter(version) },
    })),
  );
  const replayed = await streams().replay(page);
  expect(replayed.steps.map(({ version, state }) => [version, state])).toEqual(
    versions.map((version) => [version, expect.objectContaining({ balance: balanceAfter(version) })]),
  );
});

it("each event says whether a snapshot was taken after it, and whether it is used", async () => {
  const { events } = await streams().read({ streamId, afterVersion: 990, limit: 40 });
  expect(
    events.filter(({ snapshot }) => snapshot !== null).map(({ version, snapshot }) => [version, snapshot]),
  ).toEqual([
    [SNAPSHOT, "used"],
    [OLD_SNAPSHOT, "outdated"],
  ]);
});

it("where an event is unreadable the steps end before it, and a state is refused with the reason", async () => {
  const { steps, problem } = await streams().changes({ streamId });
  expect(steps.map(({ version }) => version)).toEqual([1, 2]);
  expect(problem).toBe("MoneyDeposited v9 is not known here; the latest is v1");
  const unreadable = { cause: { code: "EVENT_NOT_READABLE", message: expect.stringContaining("MoneyDeposited v9") } };
  await expect(streams().stateAt({ streamId, version: 5 })).rejects.toMatchObject(unreadable);
  await expect(streams().replay({ streamId })).rejects.toMatchObject(unreadable);
  expect(await streams().stateAt({ streamId, version: SNAPSHOT })).toMatchObject({ version: SNAPSHOT });
});

it("two points are compared, and the version at an instant is found", async () => {
  expect(await streams().compare({ streamId, from: 1_030, to: 1_040, show: ["/currency"] })).toEqual({
    streamId,
    changes: [{ path: "/balance", before: balanceAfter(1_030), after: balanceAfter(1_040) }],
    more: 0,
    shown: { "/currency": "USD" },
  });
  await expect(streams().compare({ streamId, from: 1_030, to: LENGTH + 1 })).rejects.toMatchObject({
    cause: { code: "VERSION_NOT_REACHED", fields: [{ field: "to", rule: `<= ${LENGTH}` }] },
  });
  const found = { streamId, streamType: "account", hasState: true, newest: LENGTH };
  expect(await streams().point({ streamId })).toEqual({ ...found, version: LENGTH });
  expect(await streams().point({ streamId, at: "2026-03-01T10:00:07.500Z" })).toEqual({ ...found, version: 7 });
  await expect(streams().point({ streamId: "account-nobody" })).rejects.toMatchObject({
    cause: { code: "STREAM_NOT_FOUND" },
  });
});
