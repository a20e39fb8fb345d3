import fc from "fast-check";
import { expect, it } from "vitest";
import { mayReadOrder, orderAccessToken } from "./access.ts";

const SECRET = "a secret of the tests";

it("a token opens its own order and no other, under its own secret and no other", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (orderId, other) => {
      const token = orderAccessToken(SECRET, orderId);
      expect(mayReadOrder(SECRET, orderId, token)).toBe(true);
      expect(mayReadOrder(SECRET, other, token)).toBe(other === orderId);
      expect(mayReadOrder(`${SECRET}!`, orderId, token)).toBe(false);
    }),
  );
});

it("a token with any character changed, missing or added opens nothing", () => {
  const token = orderAccessToken(SECRET, "1");
  const changed = Array.from({ length: token.length }, (_, at) => {
    return token.slice(0, at) + (token[at] === "x" ? "y" : "x") + token.slice(at + 1);
  });
  for (const wrong of ["", token.slice(1), `${token}x`, "é".repeat(token.length), ...changed]) {
    expect(mayReadOrder(SECRET, "1", wrong)).toBe(false);
  }
});

it("a token fits a link as it is, and says nothing of its order", () => {
  const token = orderAccessToken(SECRET, "order-with-a-name");
  expect(encodeURIComponent(token)).toBe(token);
  expect(Buffer.from(token, "base64url").toString()).not.toContain("order");
});
