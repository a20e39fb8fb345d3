import { expect, test } from "vitest";
import { entrancePath, safeReturnPath } from "./return-path.ts";

test("a path of this shop is kept with its query", () => {
  expect(safeReturnPath("/checkout?step=payment")).toBe("/checkout?step=payment");
});

test.each([
  "https://evil.test/",
  "/.//evil.test",
  "cart",
  undefined,
  "/login?next=/",
  "/register",
  "/register/",
  "/reset?token=1",
])("%j leads to the account", (next) => expect(safeReturnPath(next)).toBe("/account"));

test("the way to an entrance remembers where it came from", () => {
  const path = entrancePath("/login", "/checkout?step=payment");
  expect(safeReturnPath(new URL(path, "http://x").searchParams.get("next") ?? undefined)).toBe(
    "/checkout?step=payment",
  );
  expect(entrancePath("/register", "/account")).toBe("/register");
});
