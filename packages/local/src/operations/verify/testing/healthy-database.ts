/**
 * A small database where everything has happened once: card and credit orders, and such as both paid, confirmed, declined, out of stock, cancelled
 * by the shopper and by the merchant, shipped, refunded in part and returned; an item that was counted; a discount code that was used, with delivery and tax; credit that the shop gave; one guest who was forgotten; one cart that a declined card gave back and a second order then closed.
 */
import {
  cancelForMerchant,
  commandAccount,
  placeOrder,
  receiveReturn,
  requestCancellation,
  shopRouter,
  adminRouter,
  finishErasures,
  personalData,
  startDueShipments,
} from "@tillstream/commerce";
import { readShopFacts } from "@tillstream/commerce/settings";
import type { AccountCommand, PlaceOrderInput } from "@tillstream/commerce";
import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { commandContext, createCallerFactory, inProcessServices } from "@tillstream/trpc";
import type { Services, SessionUser } from "@tillstream/trpc";
import { SEEDED_CODE } from "../../../seed/discounts.ts";
import { seedCatalogue } from "../../../seed/catalogue-rows.ts";
import { ledgerOf } from "../gateway-ledger.ts";
import type { GatewayLedger } from "../gateway-ledger.ts";
import { settle } from "./settle.ts";
import { createTestGateway } from "./test-gateway.ts";

const SHOPPER: SessionUser = { id: "shopper-1", email: "sam@example.com", name: "Sam", role: "shopper" };
const ADDRESS = { name: "Sam", line1: "1 Street", city: "Town", postalCode: "12345", country: "US" };
const visa = { method: "card", token: "tok_visa" } as const;
const declined = { method: "card", token: "tok_chargeDeclined" } as const;
const credit = { method: "account" } as const;
/** Store credit pays a part of it: less than one thing costs. */
const both = { ...visa, credit: { amount: 700, currency: "USD" } } as const;
/** More than half of what is left: of several such orders, all taken while it is there, one gets it. */
const MOST = 220;

/** Its fourth operation makes good for the third: the third must never come before the second. */
const ACCOUNT: readonly AccountCommand[] = [
  { type: "open", accountId: SHOPPER.id, currency: "USD" },
  { type: "deposit", amount: 900_000, currency: "USD" },
  { type: "withdraw", amount: 400_000, currency: "USD" },
  { type: "deposit", amount: 1_000_000, currency: "USD" },
];

type Wanted = readonly [PlaceOrderInput["payment"], number, Partial<PlaceOrderInput>?];

const PRESENT_ORDERS: readonly Wanted[] = [
  [visa, 1],
  [
    visa,
    2,
    {
      delivery: "express",
      discountCode: SEEDED_CODE,
      shippingAddress: { ...ADDRESS, postalCode: "10115", country: "DE" },
    },
  ],
  [declined, 1],
  [credit, 2],
  [both, 2],
  [{ ...both, ...declined }, 1],
  [visa, MOST],
  [visa, MOST],
  [credit, MOST],
];

export interface HealthyDatabase extends AsyncDisposable {
  readonly database: Database;
  readonly gateway: GatewayLedger;
}

export async function createHealthyDatabase(): Promise<HealthyDatabase> {
  const test = await createTestDatabase();
  const db = createDatabase({ url: test.url, max: 4, applicationName: "test" }, test.database);
  const gateway = createTestGateway();
  const services = inProcessServices({
    db,
    secret: "a secret of the tests",
    shop: readShopFacts(),
    logger: createLogger("test", "silent"),
  });
  await seedCatalogue(test.database);
  const sku = await cheapestSku(test.database);
  for (const command of ACCOUNT) await commandAccount(contextOf(services), SHOPPER.id, command, command);
  await pastOrders(services, sku, () => settle(test.database, gateway));
  await paidWithBoth(services, sku, () => settle(test.database, gateway));
  await forgetGuest(services, sku, () => settle(test.database, gateway));
  await orders(services, sku, PRESENT_ORDERS);
  await orderCart(services, sku, declined);
  await settle(test.database, gateway);
  await countStock(services, sku);
  await giveCredit(services);
  await orderCart(services, sku, visa);
  await settle(test.database, gateway);
  // What is left confirmed stays so for the tests: its time has not come.
  await test.database.query(sql`UPDATE shipments SET due_at = now() + interval '1 day' WHERE status = 'scheduled'`);
  return {
    database: test.database,
    gateway: ledgerOf(gateway.entries),
    async [Symbol.asyncDispose]() {
      await db.close();
      await test[Symbol.asyncDispose]();
    },
  };
}

async function cheapestSku(db: Database): Promise<string> {
  const rows = await db.query<{ sku: string }>(sql`
    SELECT sku FROM product_variants JOIN stock USING (sku) WHERE available BETWEEN ${MOST + 50} AND ${2 * MOST} ORDER BY price, sku LIMIT 1`);
  return rows[0]?.sku ?? "";
}

async function giveCredit(services: Services): Promise<void> {
  await services.db.query(
    sql`INSERT INTO customers (id, email, name) VALUES (${SHOPPER.id}, ${SHOPPER.email}, ${SHOPPER.name})`,
  );
  const operator = createCallerFactory(adminRouter)(contextOf(services, { ...SHOPPER, role: "operator" }));
  const amount = { amount: 500, currency: "USD" };
  await operator.customers.credit({ customerId: SHOPPER.id, amount, reason: "the parcel came late" });
}

/** Two more than the books say. */
async function countStock(services: Services, sku: string): Promise<void> {
  const operator = createCallerFactory(adminRouter)(contextOf(services, { ...SHOPPER, role: "operator" }));
  const { available, reserved } = await operator.stock.bySku({ sku });
  await operator.stock.count({ sku, counted: available + reserved + 2, reason: "the yearly count" });
}

/** A guest bought, and asked to be forgotten as soon as the order had left. */
async function forgetGuest(services: Services, sku: string, settled: () => Promise<void>): Promise<void> {
  const guest = contextOf(services, null);
  const input: PlaceOrderInput = {
    lines: [{ sku, quantity: 1 }],
    email: "gone@example.com",
    shippingAddress: ADDRESS,
    payment: visa,
  };
  const placed = await placeOrder(guest, input);
  await settled();
  await startDueShipments(services.db);
  await settled();
  const admin = createCallerFactory(adminRouter)(contextOf(services, { ...SHOPPER, role: "admin" }));
  await admin.customers.erase({ customerId: `guest-${placed.orderId}`, reason: "asked for it" });
  await services.db.query(sql`UPDATE erasures SET requested_at = now() - interval '1 hour'`);
  await finishErasures(services.db, personalData);
  await settled();
}

/** Orders the shopper's cart, with something in it. */
async function orderCart(services: Services, sku: string, payment: PlaceOrderInput["payment"]): Promise<void> {
  const shop = () => createCallerFactory(shopRouter)(contextOf(services));
  const { cartId, version } = await shop().cart.setQuantity({ sku, quantity: 1 });
  const source = { cartId: cartId ?? "", cartVersion: version };
  await shop().checkout.placeOrder({ ...source, email: SHOPPER.email, shippingAddress: ADDRESS, payment });
}

const contextOf = (services: Services, user: SessionUser | null = SHOPPER) =>
  commandContext({
    ...services,
    user,
    correlationId: services.ids.next(),
    idempotencyKey: services.ids.next(),
  });

async function orders(services: Services, sku: string, wanted: readonly Wanted[]): Promise<string[]> {
  const placed: string[] = [];
  for (const [payment, quantity, more] of wanted) {
    const lines = [{ sku, quantity }];
    const input: PlaceOrderInput = { lines, email: SHOPPER.email, shippingAddress: ADDRESS, payment, ...more };
    const answer = await placeOrder(contextOf(services), input);
    placed.push(answer.orderId);
  }
  return placed;
}

/** Card and credit together: cancelled, shipped, refunded beyond what the card paid, and returned. */
async function paidWithBoth(services: Services, sku: string, settled: () => Promise<void>): Promise<void> {
  const [cancelled = "", returned = "", kept = ""] = await orders(services, sku, [
    [both, 3],
    [both, 3],
    [both, 2],
  ]);
  await settled();
  await requestCancellation(contextOf(services), cancelled);
  await settled();
  await startDueShipments(services.db);
  await settled();
  const operator = () => createCallerFactory(adminRouter)(contextOf(services, { ...SHOPPER, role: "operator" })).orders;
  const part = { reason: "chipped", restock: true } as const;
  await operator().refundLines({ ...part, orderId: returned, lines: [{ sku, quantity: 1 }], to: "credit" });
  await settled();
  await receiveReturn(contextOf(services), { orderId: returned, reason: "too small" });
  await operator().refundLines({ ...part, orderId: kept, lines: [{ sku, quantity: 2 }], to: "card" });
  await settled();
}

/** Of each pair one is paid by card and one with credit: cancelled by the shopper, by the merchant, shipped, returned. */
async function pastOrders(services: Services, sku: string, settled: () => Promise<void>): Promise<void> {
  const placed = await orders(
    services,
    sku,
    [visa, credit, visa, credit, visa, credit, visa, credit].map((payment) => [payment, 3]),
  );
  await settled();
  for (const orderId of placed.slice(0, 2)) await requestCancellation(contextOf(services), orderId);
  for (const orderId of placed.slice(2, 4))
    await cancelForMerchant(contextOf(services), { orderId, reason: "sold in the shop" });
  await settled();
  const orderRouter = () =>
    createCallerFactory(adminRouter)(contextOf(services, { ...SHOPPER, role: "operator" })).orders;
  const [kept = ""] = placed.slice(-1);
  for (const restock of [true, false])
    await orderRouter().refundLines({
      orderId: kept,
      lines: [{ sku, quantity: 1 }],
      reason: "dropped",
      to: "credit",
      restock,
    });
  await settled();
  await startDueShipments(services.db);
  await settled();
  for (const [at, orderId] of placed.slice(4, -1).entries()) {
    const part = { orderId, lines: [{ sku, quantity: 1 }], reason: "chipped" };
    await orderRouter().refundLines({ ...part, to: at % 2 === 0 ? "card" : "credit", restock: true });
    await orderRouter().refundLines({ ...part, to: "credit", restock: false });
  }
  await settled();
  const buyer = () => createCallerFactory(shopRouter)(contextOf(services)).orders;
  const announced = { orderId: kept, lines: [{ sku, quantity: 1, reason: "OTHER" as const }], to: "credit" as const };
  const first = await buyer().requestReturn(announced);
  await buyer().withdrawReturn({ orderId: kept, returnId: first.returnId });
  const { returnId } = await buyer().requestReturn(announced);
  const received = [{ sku, quantity: 1, restock: true }];
  await orderRouter().receiveReturnedLines({ orderId: kept, returnId, lines: received });
  await settled();
  for (const orderId of placed.slice(6)) await receiveReturn(contextOf(services), { orderId, reason: "too small" });
  await settled();
}
