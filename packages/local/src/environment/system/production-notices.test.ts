import { expect, it } from "vitest";
import { productionNotices } from "./production-notices.ts";

it("a start in production names what it goes on without, and nothing when all is set", () => {
  expect(productionNotices({})).toEqual([
    expect.stringMatching(/^SECURE_COOKIES /),
    expect.stringMatching(/^SHOP_URL is http:\/\/localhost:3000/),
    expect.stringMatching(/^STRIPE_SECRET_KEY /),
  ]);
  const set = { SECURE_COOKIES: "true", SHOP_URL: "https://shop.example", STRIPE_SECRET_KEY: "sk_live_abc" };
  expect(productionNotices(set)).toEqual([]);
});
