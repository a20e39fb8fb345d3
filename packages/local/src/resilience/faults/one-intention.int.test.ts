import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import type { SessionUser } from "@tillstream/trpc";
import type { CommandState } from "@tillstream/trpc/commands/core";
import { describe, expect, it } from "vitest";
import { startServers } from "./browsers.ts";
import type { Browser, Servers, Tab } from "./browsers.ts";

const operator: SessionUser = { id: "operator-1", email: "olive@example.com", name: "Olive", role: "operator" };
const other: SessionUser = { id: "other-1", email: "omar@example.com", name: "Omar", role: "operator" };

/** A page with the one button that the row is about. */
interface Page {
  press(): Promise<CommandState<unknown, unknown>>;
  ask(): Promise<CommandState<unknown, unknown>>;
  state(): CommandState<unknown, unknown>;
}

interface Subject {
  /** As the page is when it has just been opened. */
  open(tab: Tab): Promise<Page>;
  effects(): Promise<number>;
}

interface Row {
  readonly by: SessionUser | null;
  /** A guest's cart is theirs also once they have signed in: then they hear what became of it. */
  readonly followsItsGuest?: boolean;
  prepare(shop: TestShop, servers: Servers, browser: Browser): Promise<Subject>;
}

/** Presses always send the same: what the page was opened with. */
function page<Input, Output>(
  tab: Tab,
  name: string,
  input: Input,
  send: Parameters<typeof tab.command<Input, Output>>[1],
): Page {
  const command = tab.command<Input, Output>(name, send);
  return { press: () => command.run(input), ask: () => command.ask(), state: () => command.state() };
}

async function countEvents(shop: TestShop, streamId: string, type: string): Promise<number> {
  const rows = await shop.database.query(
    sql`SELECT FROM events WHERE stream_id = ${streamId} AND type = ${type} AND metadata ->> 'actor' <> 'system'`,
  );
  return rows.length;
}

const AMOUNT = { amount: 25_00, currency: "USD" } as const;

function movement(kind: "deposit" | "withdraw", type: string): Row {
  return {
    by: shopper,
    async prepare(shop, servers) {
      const tab = servers.browser(shopper).tab();
      const call = (key: string) => ({ context: { idempotencyKey: key } });
      await tab.shop.account.open.mutate({}, call("open"));
      if (kind === "withdraw") {
        await tab.shop.account.deposit.mutate({ amount: { ...AMOUNT, amount: 100_00 } }, call("before"));
      }
      await shop.settle(createTestGateway());
      return {
        async open({ shop: client, ...rest }) {
          const { version } = await client.account.balance.query();
          const input = { amount: AMOUNT, expectedVersion: version };
          return page({ shop: client, ...rest }, `account.${kind}`, input, (sent: typeof input, how) =>
            client.account[kind].mutate(sent, how),
          );
        },
        effects: () => countEvents(shop, `account-${shopper.id}`, type),
      };
    },
  };
}

function cancellation(by: SessionUser | null): Row {
  return {
    by,
    async prepare(shop, servers) {
      const gateway = createTestGateway();
      const tab = servers.browser(by).tab();
      const context = { idempotencyKey: "placed" };
      const { orderId, accessToken } = await tab.shop.checkout.placeOrder.mutate(orderInput(), { context });
      await shop.settle(gateway);
      const access = by === null ? { orderId, accessToken } : { orderId };
      return {
        open: async (opened) =>
          page(opened, "orders.cancel", access, (input: typeof access, how) =>
            opened.shop.orders.cancel.mutate(input, how),
          ),
        async effects() {
          await shop.settle(gateway);
          expect([...gateway.ledger.values()].map(({ amount, refunded }) => amount - refunded)).toEqual([0]);
          return countEvents(shop, `order-${orderId}`, "CancellationRequested");
        },
      };
    },
  };
}

/** Over the cart of an account, or of a guest; read from the gateway's ledger. */
function order(by: SessionUser | null): Row {
  return {
    by,
    followsItsGuest: by === null,
    async prepare(shop, servers, browser) {
      const gateway = createTestGateway();
      const context = { idempotencyKey: "put in" };
      const cart = await browser.tab().shop.cart.setQuantity.mutate({ sku: SKUS.mug, quantity: 2 }, { context });
      const { lines: _, ...delivery } = orderInput();
      const input = { ...delivery, cartId: cart.cartId ?? expect.fail("no cart"), cartVersion: cart.version };
      return {
        open: async (opened) =>
          page(opened, "checkout.placeOrder", input, (sent: typeof input, how) =>
            opened.shop.checkout.placeOrder.mutate(sent, how),
          ),
        async effects() {
          await shop.settle(gateway);
          expect((await shop.database.query(sql`SELECT FROM orders`)).length).toBe(gateway.ledger.size);
          return gateway.ledger.size;
        },
      };
    },
  };
}

const receipt: Row = {
  by: operator,
  prepare: async (shop) => ({
    async open(tab) {
      const { items } = await tab.console.stock.list.query();
      const expectedVersion = items.find(({ sku }) => sku === SKUS.rare)?.version ?? expect.fail("not listed");
      const input = { sku: SKUS.rare, quantity: 7, reason: "delivery 4711", expectedVersion };
      return page(tab, "stock.receive", input, (sent: typeof input, how) =>
        tab.console.stock.receive.mutate(sent, how),
      );
    },
    effects: () => countEvents(shop, `stock-${SKUS.rare}`, "StockReceived"),
  }),
};

const count: Row = {
  by: operator,
  prepare: async (shop) => ({
    async open(tab) {
      const { available, reserved } = await tab.console.stock.bySku.query({ sku: SKUS.rare });
      const input = { sku: SKUS.rare, counted: 9, expected: available + reserved, reason: "the yearly count" };
      return page(tab, "stock.count", input, (sent: typeof input, how) => tab.console.stock.count.mutate(sent, how));
    },
    effects: () => countEvents(shop, `stock-${SKUS.rare}`, "StockCounted"),
  }),
};

const credit: Row = {
  by: operator,
  async prepare(shop) {
    const customerId = "ada";
    await shop.database.query(sql`
      INSERT INTO customers (id, email, name) VALUES (${customerId}, 'ada@example.com', 'Ada')`);
    return {
      async open(tab) {
        const { items } = await tab.console.accounts.statement.query({ accountId: customerId });
        const seen = { expectedVersion: items[0]?.version ?? 0 };
        const input = { customerId, amount: AMOUNT, reason: "the parcel came late", ...seen };
        return page(tab, "customers.credit", input, (sent: typeof input, how) =>
          tab.console.customers.credit.mutate(sent, how),
        );
      },
      effects: () => countEvents(shop, `account-${customerId}`, "CreditGranted"),
    };
  },
};

/** A halted run: pressed twice, its step would get its attempts twice. */
const retriedStep: Row = {
  by: operator,
  async prepare(shop, servers) {
    const tab = servers.browser(null).tab();
    const { orderId } = await tab.shop.checkout.placeOrder.mutate(orderInput(), { context: { idempotencyKey: "o" } });
    const sagaId = `checkout:${orderId}`;
    await shop.settle(createTestGateway(), undefined, {
      run: async ({ step }) => {
        await shop.database.query(
          sql`UPDATE saga_steps SET status = 'failed' WHERE saga_id = ${sagaId} AND step = ${step}`,
        );
        await shop.database.query(sql`UPDATE sagas SET status = 'failed' WHERE saga_id = ${sagaId}`);
      },
    });
    return {
      async open(opened) {
        const { actions } = await opened.console.sagas.byId.query({ sagaId });
        const input = { sagaId, reason: "the gateway is back", seenActions: actions.length };
        return page(opened, "sagas.retryStep", input, (sent: typeof input, how) =>
          opened.console.sagas.retryStep.mutate(sent, how),
        );
      },
      effects: async () => (await shop.database.query(sql`SELECT FROM saga_actions WHERE saga_id = ${sagaId}`)).length,
    };
  },
};

/** A further row is a further line: who presses, what must be there before, the page, and where its effects are counted. */
const ROWS: Readonly<Record<string, Row>> = {
  "place, signed in": order(shopper),
  "place, as a guest": order(null),
  deposit: movement("deposit", "MoneyDeposited"),
  withdraw: movement("withdraw", "MoneyWithdrawn"),
  "cancel, signed in": cancellation(shopper),
  "cancel, as a guest": cancellation(null),
  "receive stock": receipt,
  "count stock": count,
  "give credit": credit,
  "retry a step": retriedStep,
};

interface Scene {
  readonly shop: TestShop;
  readonly servers: Servers;
  readonly browser: Browser;
  readonly by: SessionUser | null;
  readonly followsItsGuest: boolean;
  open(tab?: Tab): Promise<Page>;
  /** A page whose press was carried out, and whose answer got lost. */
  openLost(): Promise<Page>;
}

const settled = ({ state }: CommandState<unknown, unknown>) => state === "done" || state === "refused";

const SITUATIONS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  async "the same tab, pressed twice"({ open }) {
    const one = await open();
    await Promise.all([one.press(), one.press()]);
    expect(one.state().state).toBe("done");
  },
  async "two tabs at once"({ open }) {
    const tabs = [await open(), await open()];
    await Promise.all(tabs.map((each) => each.press()));
    expect(tabs.map((each) => each.state().state)).toContain("done");
  },
  async "two devices at once"({ open, servers, by }) {
    const devices = [await open(), await open(servers.browser(by).tab())];
    await Promise.all(devices.map((each) => each.press()));
    expect(devices.every((each) => settled(each.state()))).toBe(true);
  },
  async "a reload before the answer"({ open, openLost }) {
    await openLost();
    const again = await open();
    expect(again.state().state).toBe("unknown");
    expect((await again.ask()).state).toBe("done");
  },
  async "Back to the page as it was, and pressed again"({ open }) {
    const [first, restored] = [await open(), await open()];
    await first.press();
    expect(settled(await restored.press())).toBe(true);
  },
  async "a lost answer, pressed again"({ openLost }) {
    const one = await openLost();
    expect((await one.press()).state).toBe("done");
  },
  async "a lost answer, and site data deleted"({ openLost, browser }) {
    const one = await openLost();
    browser.clearStorage();
    expect(settled(await one.press())).toBe(true);
  },
  async "another signed in meanwhile"({ openLost, browser, by, followsItsGuest }) {
    const one = await openLost();
    browser.become(other);
    const asked = await one.ask();
    if (followsItsGuest) return expect(asked.state).toBe("done");
    expect([asked.state, asked.failure?.reason]).toEqual(["unknown", "SIGNED_IN_AS_ANOTHER"]);
    browser.become(by);
    expect((await one.ask()).state).toBe("done");
  },
  async "signed out meanwhile"({ openLost, browser, by }) {
    const one = await openLost();
    browser.become(null);
    const asked = await one.ask();
    if (by !== null) expect([asked.state, asked.failure?.reason]).toEqual(["unknown", "SIGNED_OUT"]);
    browser.become(by);
    await one.ask();
  },
  async "the session expired before it was pressed"({ open, servers, browser, by }) {
    const one = await open();
    servers.expireSessions();
    const pressed = await one.press();
    if (by === null) return;
    expect([pressed.state, pressed.failure?.reason]).toEqual(["refused", "SIGNED_OUT"]);
    browser.become(by);
    const back = await open();
    expect(back.state().kept).toBeDefined();
    expect((await back.press()).state).toBe("done");
  },
  async "the key expired"({ openLost, shop, servers }) {
    const one = await openLost();
    await shop.database.query(sql`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
    servers.flushCache();
    expect(settled(await one.ask())).toBe(true);
  },
  async "Redis flushed"({ openLost, servers }) {
    const one = await openLost();
    servers.flushCache();
    expect((await one.ask()).state).toBe("done");
  },
};

describe.each(Object.keys(ROWS))("one intention to %s is one effect", (name) => {
  it.each(Object.keys(SITUATIONS))("with %s", async (situation) => {
    const row = ROWS[name] ?? expect.fail();
    await using shop = await createTestShop();
    await using servers = startServers(shop);
    const browser = servers.browser(row.by);
    const subject = await row.prepare(shop, servers, browser);
    const open = (tab = browser.tab()) => subject.open(tab);
    async function openLost(): Promise<Page> {
      const tab = browser.tab();
      const opened = await open(tab);
      tab.loseAnswer();
      expect((await opened.press()).state).toBe("unknown");
      return opened;
    }
    await SITUATIONS[situation]?.({
      shop,
      servers,
      browser,
      by: row.by,
      followsItsGuest: row.followsItsGuest === true,
      open,
      openLost,
    });
    expect(await subject.effects()).toBe(1);
  });
});
