/** Every failure at every step of the checkout, for each way to pay. The table comes from the saga's own definition. */
import { compensateRun, loadAggregate, refuse, retryStep } from "@tillstream/eventing";
import type { Saga, SagaEngine, SagaStep, StepRef } from "@tillstream/eventing";
import { outcomeOf } from "@tillstream/eventing/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountAggregate, commandAccount } from "../account/index.ts";
import { adminRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { SettleOptions, TestShop } from "../testing/index.ts";
import { placeOrder } from "./place-order.ts";
import { checkoutSagas } from "./saga.ts";

type Half = SagaStep<unknown>["action"];
type Method = "card" | "account" | "both";

const DEPOSIT = 100_000;
/** Of a mug, what credit pays beside the card. */
const CREDIT_PART = 500;
const PRICE = 1_200;
const QUICKLY = { attempts: 3, backoffMs: 0, backoffMsMax: 0 };
const TIMEOUT_MS = 60;

const never = (): Promise<never> => new Promise(() => undefined);

/** Runs `before` in front of the half, wherever the half begins. */
function preceded(half: Half, before: () => void): Half {
  const { call, record } = half;
  if (call === undefined) return { record: async (tx, context, outcome) => (before(), record?.(tx, context, outcome)) };
  return { ...half, call: async (context, signal) => (before(), call(context, signal)) };
}

interface Fault {
  /** The half with the fault in it; for one run. */
  readonly break?: (half: Half) => Half;
  /** What happens to the worker that runs the half, once. */
  readonly worker?: (ref: StepRef, shop: TestShop, engineOn: (db: Database) => SagaEngine) => Promise<void>;
  readonly ends: "completed" | "compensated";
}

/** The claim of a worker that is gone has run out. */
const expire = (shop: TestShop) =>
  shop.database.query(
    sql`UPDATE saga_steps SET lease_expires_at = now() - interval '1 second' WHERE status = 'running'`,
  );

/** A worker whose database goes away for good before it can commit what it did. */
const dying = (db: Database): Database => ({
  ...db,
  transaction: (work) =>
    db.transaction(async (tx) => {
      await work(tx);
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    }),
});

const FAULTS: Readonly<Record<string, Fault>> = {
  refuses: {
    break: () => ({ record: () => Promise.reject(refuse("conflict", "REFUSED", "No.")) }),
    ends: "compensated",
  },
  "fails twice and then is fine": {
    break(half) {
      let failures = 2;
      return preceded(half, () => {
        if ((failures -= 1) >= 0) throw new Error("busy");
      });
    },
    ends: "completed",
  },
  "fails for ever": {
    break: (half) =>
      preceded(half, () => {
        throw new Error("away");
      }),
    ends: "compensated",
  },
  "times out after it took effect outside": {
    break: (half) => ({
      ...half,
      call: async (context, signal) => {
        await half.call?.(context, signal);
        return never();
      },
    }),
    ends: "compensated",
  },
  "times out and did nothing": { break: (half) => ({ ...half, call: never }), ends: "compensated" },
  "loses its worker before the call": {
    async worker({ sagaId, step, kind }, shop) {
      await shop.database.query(sql`
        UPDATE saga_steps SET status = 'running', attempt = attempt + 1, fence = fence + 1, lease_expires_at = now() - interval '1 second'
        WHERE saga_id = ${sagaId} AND step = ${step} AND kind = ${kind}`);
    },
    ends: "completed",
  },
  "loses its worker after the call": {
    async worker(ref, shop, engineOn) {
      await engineOn(dying(shop.database)).runStep(ref);
      await expire(shop);
    },
    ends: "completed",
  },
  "loses its worker after the write": {
    async worker(ref, shop, engineOn) {
      await engineOn(shop.database).runStep(ref);
      await engineOn(shop.database).runStep(ref);
    },
    ends: "completed",
  },
};

const latest = checkoutSagas({ db: {} as Database, gateway: createTestGateway() }).at(-1); // only its steps are looked at
/** Of a run: one that is paid one way has no credit to hold. */
const stepsOf = (method: Method) =>
  (latest?.steps ?? []).filter(({ name }) => name !== "holdCredit" || method === "both");
const methods: readonly Method[] = ["card", "account", "both"];
const table = methods.flatMap((method) =>
  stepsOf(method).flatMap(({ name: step }) => Object.keys(FAULTS).map((fault) => ({ method, step, fault }))),
);

let shop: TestShop;
const gateway = createTestGateway();

beforeAll(async () => {
  shop = await createTestShop();
  const opened = [
    { type: "open", accountId: shopper.id, currency: "USD" },
    { type: "deposit", amount: DEPOSIT, currency: "USD" },
  ] as const;
  for (const command of opened) await commandAccount(shop.context({ user: shopper }), shopper.id, command, command);
});
afterAll(() => shop[Symbol.asyncDispose]());

async function place(method: Method): Promise<string> {
  const card = { method: "card", token: "tok_visa" } as const;
  const both = { ...card, credit: { amount: CREDIT_PART, currency: "USD" as const } };
  const payment = { card, account: { method: "account" } as const, both }[method];
  const input = orderInput({ lines: [{ sku: SKUS.mug, quantity: 1 }], payment });
  const placed = await placeOrder(shop.context({ user: shopper }), input);
  return placed.orderId;
}

const changed = (saga: Saga, name: string, change: (step: SagaStep<unknown>) => SagaStep<unknown>): Saga =>
  saga.name === "checkout"
    ? {
        ...saga,
        // A step that does nothing as it is has something to do now.
        start: (event) => ({ ...saga.start(event), ...(name === "createOrder" && { startsAt: name }) }),
        steps: saga.steps.map((step) => (step.name === name ? change(step) : step)),
      }
    : saga;

function withFault(step: string, { break: breakHalf, worker }: Fault): SettleOptions {
  const alter = (saga: Saga) =>
    changed(saga, step, (broken) => ({
      ...broken,
      retry: QUICKLY,
      ...(breakHalf !== undefined && { action: breakHalf(broken.action), timeoutMs: TIMEOUT_MS }),
    }));
  let struck = false;
  return {
    alter,
    async run(ref, engineOn) {
      if (worker === undefined || struck || ref.step !== step || ref.kind !== "action")
        return engineOn(shop.database).runStep(ref);
      struck = true;
      return worker(ref, shop, engineOn);
    },
  };
}

interface Books {
  readonly stock: number;
  readonly balance: number;
  readonly held: number;
  /** What the gateway holds. */
  readonly charged: number;
}

async function books(): Promise<Books> {
  const [row] = await shop.database.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = 'MUG'`);
  const { state } = await loadAggregate(shop.database, accountAggregate, accountAggregate.streamId(shopper.id));
  return {
    stock: row?.available ?? 0,
    balance: state.balance,
    held: Object.values(state.holds).filter(({ status }) => status === "held").length,
    charged: [...gateway.ledger.values()].reduce((sum, entry) => sum + entry.amount - entry.refunded, 0),
  };
}

async function endOf(orderId: string): Promise<{ run: string; status: string }> {
  const rows = await shop.database.query<{ run: string; status: string }>(sql`
    SELECT saga.status AS run, o.status FROM orders o JOIN sagas saga ON saga.saga_id = 'checkout:' || o.id WHERE o.id = ${orderId}`);
  return rows[0] ?? expect.fail("the order has no run");
}

describe("money, stock and status agree in the end", () => {
  it.each(table)("paying by $method, $step $fault", async ({ method, step, fault }) => {
    const { ends, ...broken } = FAULTS[fault] ?? expect.fail(fault);
    const before = await books();
    const orderId = await place(method);
    await shop.settle(gateway, undefined, withFault(step, { ...broken, ends }));
    const sold = ends === "completed";
    const onCredit = { card: 0, account: PRICE, both: CREDIT_PART }[method];
    expect(await endOf(orderId)).toEqual({ run: ends, status: sold ? "confirmed" : "cancelled" });
    expect(await books()).toEqual({
      stock: before.stock - (sold ? 1 : 0),
      balance: before.balance - (sold ? onCredit : 0),
      held: 0,
      charged: before.charged + (sold ? PRICE - onCredit : 0),
    });
  });
});

describe("where the undoing itself is made to fail", () => {
  const undoings = methods.flatMap((method) =>
    stepsOf(method).flatMap(({ name: step, compensation }) => (compensation === undefined ? [] : [{ method, step }])),
  );

  it.each(undoings)(
    "paying by $method, the run stands at $step, and the order asks for a person",
    async ({ method, step }) => {
      const orderId = await place(method);
      const refusing = withFault("confirm", FAULTS["refuses"] ?? expect.fail());
      const alter = (saga: Saga) =>
        changed(refusing.alter?.(saga) ?? saga, step, (broken) => ({
          ...broken,
          retry: QUICKLY,
          compensation: { call: () => Promise.reject(new Error("cannot be undone")) },
        }));
      await shop.settle(gateway, undefined, { ...refusing, alter });
      expect((await endOf(orderId)).run).toBe("compensation_failed");
      const [row] = await shop.database.query(sql`SELECT attention_codes AS codes FROM orders WHERE id = ${orderId}`);
      expect(row).toEqual({ codes: ["COMPENSATION_FAILED"] });
      // An operator lets it go on once the cause is gone: it ends as if nothing had been in the way.
      await retryStep(shop.database, `checkout:${orderId}`, { actor: "user:op", reason: "mended" });
      await shop.settle(gateway);
      expect(await endOf(orderId)).toEqual({ run: "compensated", status: "cancelled" });
      const [over] = await shop.database.query(sql`SELECT attention_codes AS codes FROM orders WHERE id = ${orderId}`);
      expect(over).toEqual({ codes: [] });
    },
  );
});

it("the table has a row for each step of the saga, each fault and each way to pay", () => {
  const one = ["createOrder", "charge", "reserveStock", "confirm"];
  const both = ["createOrder", "holdCredit", "charge", "reserveStock", "confirm"];
  const steps = methods.map((method) => stepsOf(method).map(({ name }) => name));
  expect(steps).toEqual([one, one, both]);
  expect(table.length).toBe(steps.flat().length * Object.keys(FAULTS).length);
});

it("an order whose run an operator declares resolved is cancelled, and asks for nobody any more", async () => {
  const before = await books();
  const orderId = await place("account");
  const refusing = withFault("confirm", FAULTS["refuses"] ?? expect.fail());
  const alter = (saga: Saga) =>
    changed(refusing.alter?.(saga) ?? saga, "reserveStock", (broken) => ({
      ...broken,
      retry: QUICKLY,
      compensation: { call: () => Promise.reject(new Error("cannot be undone")) },
    }));
  await shop.settle(gateway, undefined, { ...refusing, alter });
  expect((await endOf(orderId)).run).toBe("compensation_failed");
  const caller = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  await caller.sagas.resolve({ sagaId: `checkout:${orderId}`, reason: "called the shopper" });
  expect(await endOf(orderId)).toEqual({ run: "resolved", status: "cancelled" });
  expect(await books()).toEqual(before);
  const [row] = await shop.database.query(sql`SELECT attention_codes AS codes FROM orders WHERE id = ${orderId}`);
  expect(row).toEqual({ codes: [] });
});

it("an order whose run an operator has undone before it began is cancelled like any other", async () => {
  const before = await books();
  const orderId = await place("card");
  const operator = { actor: "user:op", reason: "asked for by Ada Lovelace" };
  const asked: unknown[] = [];
  await shop.settle(gateway, undefined, {
    async run(ref, engineOn) {
      if (asked.length === 0) asked.push(await outcomeOf(compensateRun(shop.database, ref.sagaId, operator)));
      await engineOn(shop.database).runStep(ref);
    },
  });
  expect(asked).toEqual([{ undoing: "createOrder" }]);
  expect(await endOf(orderId)).toEqual({ run: "compensated", status: "cancelled" });
  expect(await books()).toEqual(before);
  const told = await shop.database.query(sql`SELECT data::text FROM events WHERE stream_id = ${`order-${orderId}`}`);
  expect(JSON.stringify(told)).not.toContain("Lovelace");
  const [ended] = await shop.database.query(sql`SELECT cancel_reason AS reason FROM orders WHERE id = ${orderId}`);
  expect(ended).toEqual({ reason: "STOPPED_BY_MERCHANT" });
});
