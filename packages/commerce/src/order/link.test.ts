import { createHmac } from "node:crypto";
import { manualClock } from "@tillstream/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { checkOrderLink, orderAccessToken, referTo } from "./link.ts";
import { orderNumber } from "./number.ts";

const DAY_MS = 86_400_000;
const NOON = new Date("2026-11-28T12:00:00Z");
const SECRET = "a secret of the tests";
const shop = {
  url: "https://shop.test",
  orderLinkDays: 90,
  taxIsAdded: false,
  address: "",
  returnsAddress: "",
  returnDays: 30,
};

const linksAt = (at: Date, secret = SECRET) => ({ secret, clock: manualClock(at), shop });
const now = linksAt(NOON);

it("a token opens its own order and no other, under its own secret and no other", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (orderId, other) => {
      const token = orderAccessToken(now, orderId);
      expect(checkOrderLink(now, orderId, token)).toBe("open");
      expect(checkOrderLink(now, other, token)).toBe(other === orderId ? "open" : "forged");
      expect(checkOrderLink(linksAt(NOON, `${SECRET}!`), orderId, token)).toBe("forged");
    }),
  );
});

it("a token with any character changed, missing or added opens nothing and renews nothing", () => {
  const token = orderAccessToken(now, "1");
  const changed = Array.from({ length: token.length }, (_, at) => {
    return token.slice(0, at) + (token[at] === "1" ? "2" : "1") + token.slice(at + 1);
  });
  for (const wrong of ["", ".", token.slice(1), `${token}x`, `0${token}`, "é".repeat(token.length), ...changed]) {
    expect([wrong, checkOrderLink(now, "1", wrong)]).toEqual([wrong, "forged"]);
  }
});

it("a token is good to the end of its last day, and afterwards still known as ours", () => {
  const token = orderAccessToken(now, "1");
  const endOfLastDay = new Date("2026-11-29T00:00:00Z").getTime() + 90 * DAY_MS;
  expect(checkOrderLink(linksAt(new Date(endOfLastDay - 1)), "1", token)).toBe("open");
  expect(checkOrderLink(linksAt(new Date(endOfLastDay)), "1", token)).toBe("expired");
});

it("a token of the time before they expired may be exchanged, and opens nothing", () => {
  const old = createHmac("sha256", SECRET).update("order:1").digest("base64url");
  expect(checkOrderLink(now, "1", old)).toBe("expired");
  expect(checkOrderLink(now, "2", old)).toBe("forged");
});

it("a link is the same all day, fits an address as it is, and says nothing of its order's content", () => {
  const [morning, evening] = ["00:00:00", "23:59:59"].map((time) => linksAt(new Date(`2026-11-28T${time}Z`)));
  if (morning === undefined || evening === undefined) return expect.fail();
  const { number, accessToken, url } = referTo(morning, "an-order");
  expect(referTo(evening, "an-order")).toEqual({ number, accessToken, url });
  expect(number).toBe(orderNumber("an-order"));
  expect(url).toBe(`https://shop.test/orders/an-order?token=${accessToken}`);
  expect(encodeURIComponent(accessToken)).toBe(accessToken);
});
