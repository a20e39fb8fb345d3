import { afterEach, expect, it, vi } from "vitest";
import { cookieIn, cookieText } from "./cookies.ts";

afterEach(() => vi.unstubAllEnvs());

it("over https a cookie is of this host alone, travels over https only, and no script reads it", () => {
  vi.stubEnv("SECURE_COOKIES", "true");
  expect(cookieText("fernhill.cart", "a", 60)).toBe(
    "__Host-fernhill.cart=a; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
  );
  const sent = (cookie: string) => cookieIn(new Headers({ cookie }), "fernhill.cart");
  expect(sent("fernhill.cart=planted; __Host-fernhill.cart=ours")).toBe("ours");
  expect(sent("fernhill.cart=planted")).toBeUndefined();
});

it("over plain http, as on this machine, it has its plain name", () => {
  expect(cookieText("fernhill.cart", "a", 60)).toBe("fernhill.cart=a; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  expect(cookieIn(new Headers({ cookie: "other=1; fernhill.cart=a" }), "fernhill.cart")).toBe("a");
});
