import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import Stripe from "stripe";
import { expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop, orderInput, startGatewayProcess } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import type { PaymentGateway } from "./gateway.ts";
import { createSimulatedGateway } from "./simulated-gateway.ts";
import { createStripeGateway } from "./stripe-gateway.ts";
import { startStripeStandIn } from "./testing/stripe-stand-in.ts";

/** A gateway process, a stand-in and a shop are started for each test. */
const TEST_TIMEOUT_MS = 60_000;
const caller = createCallerFactory(shopRouter);

/** Over the router: the input is parsed as anybody's. */
async function pay(shop: TestShop, gateway: PaymentGateway, token: string) {
  const placed = await caller(shop.context()).checkout.placeOrder(orderInput({ payment: { method: "card", token } }));
  await shop.settle(gateway);
  const [order] = await shop.database.query<{ status: string; reason: string | null }>(
    sql`SELECT status, cancel_reason AS reason FROM orders WHERE id = ${placed.orderId}`,
  );
  return { orderId: placed.orderId, ...order };
}

it(
  "with Stripe, an order is paid with a PaymentMethod of Stripe's, and one that is declined or unknown cancels it",
  { timeout: TEST_TIMEOUT_MS },
  async () => {
    await using simulated = await startGatewayProcess();
    await using standIn = await startStripeStandIn(simulated.url);
    await using shop = await createTestShop();
    const client = new Stripe("sk_live_of_the_tests", {
      host: "127.0.0.1",
      port: standIn.port,
      protocol: "http",
      maxNetworkRetries: 0,
      telemetry: false,
    });
    const gateway = createStripeGateway(client, { isTest: false });
    const paid = await pay(shop, gateway, "pm_card_visa");
    expect(paid).toMatchObject({ status: "confirmed" });
    expect(await simulated.entries()).toMatchObject([{ kind: "capture", orderId: paid.orderId, amount: 2_400 }]);
    const declined = await pay(shop, gateway, "pm_card_visa_chargeDeclinedInsufficientFunds");
    expect(declined).toMatchObject({ status: "cancelled", reason: "INSUFFICIENT_FUNDS" });
    expect(await pay(shop, gateway, "pm_nobody")).toMatchObject({ status: "cancelled", reason: "CARD_DECLINED" });
  },
);

it(
  "without Stripe, a PaymentMethod of Stripe's is declined like any unknown card",
  { timeout: TEST_TIMEOUT_MS },
  async () => {
    await using simulated = await startGatewayProcess();
    await using shop = await createTestShop();
    const gateway = createSimulatedGateway(simulated.url);
    expect(await pay(shop, gateway, "pm_card_visa")).toMatchObject({ status: "cancelled", reason: "CARD_DECLINED" });
    expect(await simulated.entries()).toEqual([]);
  },
);
