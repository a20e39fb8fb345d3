import { InvalidSettingsError } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createPaymentProvider } from "./provider.ts";

const local = { GATEWAY_URL: "http://127.0.0.1:3003", GATEWAY_WEBHOOK_SECRET: "whsec_local_development" };
const key = { STRIPE_SECRET_KEY: "sk_test_1" };
const secret = { STRIPE_WEBHOOK_SECRET: "whsec_1" };

it("without Stripe's secrets the simulated gateway takes the payments, with both Stripe does", () => {
  expect(createPaymentProvider(local).name).toBe("simulated");
  expect(createPaymentProvider({ ...local, ...key, ...secret }).name).toBe("stripe-test");
  expect(createPaymentProvider({ ...local, STRIPE_SECRET_KEY: "sk_live_1", ...secret }).name).toBe("stripe");
});

it.each([key, secret])("one of Stripe's secrets without the other is refused", (one) => {
  expect(() => createPaymentProvider({ ...local, ...one })).toThrow(InvalidSettingsError);
});
