import { loadAggregate, readStream, Refusal } from "@tillstream/eventing";
import { outcomeOf } from "@tillstream/eventing/testing";
import { sql } from "@tillstream/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createCallerFactory } from "@tillstream/trpc";
import { shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { accountAggregate, availableOf, heldOf } from "./account.ts";
import type { AccountCommand } from "./account.ts";
import { commandAccount } from "./commands.ts";
import { accountsAbove, readAccountViews } from "./projections/account-view.ts";
import { readStatement } from "./projections/account-statement.ts";
import { balanceAt, readMonths } from "./queries.ts";

const open = (accountId = shopper.id) => ({ type: "open", accountId, currency: "USD" }) as const;
const deposit = (amount: number) => ({ type: "deposit", amount, currency: "USD" }) as const;
const grant = (amount: number) => ({ type: "grant", amount, currency: "USD" }) as const;
const withdraw = (amount: number) => ({ type: "withdraw", amount, currency: "USD" }) as const;

function run(shop: TestShop, command: AccountCommand, accountId = shopper.id) {
  return commandAccount(shop.context({ user: { ...shopper, id: accountId } }), accountId, command, command);
}

it("the balance at each moment of the chapter's history is right", async () => {
  await using shop = await createTestShop();
  for (const command of [open(), deposit(500_00), withdraw(200_00), deposit(700_00)]) {
    await run(shop, command);
    await shop.database.query(sql`SELECT pg_sleep(0.003)`);
  }
  const events = await readStream(shop.database, accountAggregate.streamId(shopper.id));
  const balances = await Promise.all(
    events.map(({ recordedAt }) => balanceAt(shop.database, shopper.id, recordedAt, "USD")),
  );
  expect(balances.map(({ balance, version }) => [version, balance.amount])).toEqual([
    [1, 0],
    [2, 500_00],
    [3, 300_00],
    [4, 1_000_00],
  ]);
  const before = new Date((events[0]?.recordedAt.getTime() ?? 0) - 1);
  expect(await balanceAt(shop.database, shopper.id, before, "USD")).toMatchObject({
    version: 0,
    balance: { amount: 0 },
  });
});

it("of fifty withdrawals of 10 from 100 at once exactly ten succeed", async () => {
  await using shop = await createTestShop();
  await run(shop, open());
  await run(shop, deposit(100));
  const answers = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(run(shop, withdraw(10)))));
  const refused = answers.filter((answer) => answer instanceof Refusal).map(({ code }) => code);
  expect(answers.length - refused.length).toBe(10);
  expect(refused.every((code) => code === "INSUFFICIENT_FUNDS" || code === "CONFLICT")).toBe(true);
  expect(
    (await loadAggregate(shop.database, accountAggregate, accountAggregate.streamId(shopper.id))).state.balance,
  ).toBe(0);
});

it("of eight deposits at once none is lost", async () => {
  await using shop = await createTestShop();
  await run(shop, open());
  await Promise.all(Array.from({ length: 8 }, () => run(shop, deposit(25))));
  expect(
    (await loadAggregate(shop.database, accountAggregate, accountAggregate.streamId(shopper.id))).state.balance,
  ).toBe(200);
});

it("the same command ten times under one key happens once, refusals included", async () => {
  await using shop = await createTestShop();
  await run(shop, open());
  const once = (key: string, command: AccountCommand) =>
    Promise.all(
      Array.from({ length: 10 }, () =>
        outcomeOf(commandAccount(shop.context({ user: shopper, idempotencyKey: key }), shopper.id, command, command)),
      ),
    );
  const deposits = await once("d", deposit(30));
  expect(new Set(deposits.map((answer) => (answer instanceof Refusal ? answer.code : answer.version)))).toEqual(
    new Set([2]),
  );
  const refusals = await once("w", withdraw(99));
  expect(new Set(refusals.map((answer) => answer instanceof Refusal && answer.code))).toEqual(
    new Set(["INSUFFICIENT_FUNDS"]),
  );
  await run(shop, deposit(500));
  const [later] = await once("w", withdraw(99));
  expect(later instanceof Refusal && later.code).toBe("INSUFFICIENT_FUNDS"); // the first answer stands
});

it("what was meant for an earlier version moves nothing, but an earlier answer of the same key comes first", async () => {
  await using shop = await createTestShop();
  await run(shop, open());
  const expecting = (version: number, idempotencyKey: string) =>
    commandAccount(shop.context({ user: shopper, idempotencyKey }), shopper.id, deposit(25), { version }, version);
  const first = await expecting(1, "first");
  expect(first).toMatchObject({ version: 2 });
  expect(await expecting(1, "first")).toEqual(first);
  await expect(expecting(1, "second")).rejects.toMatchObject({ kind: "conflict", code: "ACCOUNT_CHANGED" });
  await shop.database.query(sql`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
  await expect(expecting(1, "second")).rejects.toMatchObject({ code: "ACCOUNT_CHANGED" });
  const races = await Promise.all(["a", "b", "c"].map((key) => outcomeOf(expecting(2, key))));
  expect(races.filter((answer) => !(answer instanceof Refusal))).toHaveLength(1);
  const streamId = accountAggregate.streamId(shopper.id);
  expect((await loadAggregate(shop.database, accountAggregate, streamId)).state.balance).toBe(50);
});

it("to have no account is an answer where one asks whether there is one, and a refusal where one asks for its balance", async () => {
  await using shop = await createTestShop();
  const { account } = createCallerFactory(shopRouter)(shop.context({ user: shopper }));
  expect(await account.balanceIfOpen({})).toBeNull();
  await expect(account.balance({})).rejects.toMatchObject({ code: "NOT_FOUND" });
  await run(shop, open());
  await shop.settle(createTestGateway());
  expect(await account.balanceIfOpen({})).toEqual(await account.balance({}));
});

it("balance, statement and months say whether they hold one's own write, also before it has a position", async () => {
  await using shop = await createTestShop();
  const { account } = createCallerFactory(shopRouter)(shop.context({ user: shopper }));
  await run(shop, open());
  await shop.settle(createTestGateway());
  await run(shop, deposit(25));
  const ask = async () =>
    Promise.all([
      account.balance({ minVersion: 2 }),
      account.statement({ minVersion: 2 }),
      account.months({ minVersion: 2 }),
    ]);
  expect((await ask()).map(({ upToDate }) => upToDate)).toEqual([false, false, false]);
  const asked = ask();
  await shop.settle(createTestGateway());
  const [balance, statement, months] = await asked;
  expect([balance.upToDate, statement.upToDate, months.upToDate]).toEqual([true, true, true]);
  expect([balance.balance.amount, statement.items[0]?.balance.amount, months.items[0]?.closing]).toEqual([25, 25, 25]);
});

it("history, snapshot and tail, and every read model agree, for random histories", async () => {
  await using shop = await createTestShop();
  const amount = fc.integer({ min: 1, max: 400 });
  const commands = fc.array(fc.oneof(amount.map(deposit), amount.map(withdraw), amount.map(grant)), {
    minLength: 1,
    maxLength: 25,
  });
  let account = 0;
  await fc.assert(
    fc.asyncProperty(commands, async (history) => {
      const accountId = `random-${(account += 1)}`;
      await run(shop, open(accountId), accountId);
      for (const command of history) await outcomeOf(run(shop, command, accountId));
      await shop.settle(createTestGateway());
      const streamId = accountAggregate.streamId(accountId);
      const events = await readStream(shop.database, streamId);
      const { state, version } = await loadAggregate(shop.database, accountAggregate, streamId);
      const replayed = await loadAggregate(shop.database, { ...accountAggregate, stateVersion: -1 }, streamId);
      expect(replayed).toEqual({ state, version });
      expect(version).toBe(events.length);
      const view = (await readAccountViews(shop.database, [accountId])).get(accountId);
      expect(view).toMatchObject({
        balance: state.balance,
        held: heldOf(state),
        available: availableOf(state),
        version,
      });
      const [last] = await readStatement(shop.database, accountId, { limit: 1 });
      expect(last).toMatchObject({ balance: state.balance, version });
      expect((await readMonths(shop.database, accountId, 1))[0]?.closing).toBe(state.balance);
    }),
    { numRuns: 12 },
  );
  const snapshots = await shop.database.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM snapshots`);
  expect(snapshots[0]?.count).toBeGreaterThan(0);
});

it("accounts at or above an amount are found, richest first, page by page", async () => {
  await using shop = await createTestShop();
  for (const [index, balance] of [10, 500, 300, 400].entries()) {
    await run(shop, open(`a${index}`), `a${index}`);
    await run(shop, deposit(balance), `a${index}`);
  }
  await shop.settle(createTestGateway());
  const first = await accountsAbove(shop.database, { minBalance: 300, limit: 2 });
  expect(first.map(({ balance }) => balance)).toEqual([500, 400]);
  const after = { balance: 400, accountId: first[1]?.accountId ?? "" };
  expect(
    (await accountsAbove(shop.database, { minBalance: 300, after, limit: 2 })).map(({ balance }) => balance),
  ).toEqual([300]);
});
