import { afterEach, expect, it, vi } from "vitest";
import { cookieIn, cookieText } from "./cookies.ts";

afterEach(() => vi.unstubAllEnvs());

it("over https a cookie is of this host alone, travels over https only, and no script reads it", () => {
  vi.stubEnv("SECURE_COOKIES", "true");
  expect(cookieText("app.visit", "a", 60)).toBe(
    "__Host-app.visit=a; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
  );
  const sent = (cookie: string) => cookieIn(new Headers({ cookie }), "app.visit");
  expect(sent("app.visit=planted; __Host-app.visit=ours")).toBe("ours");
  expect(sent("app.visit=planted")).toBeUndefined();
});

it("over plain http, as on this machine, it has its plain name", () => {
  expect(cookieText("app.visit", "a", 60)).toBe("app.visit=a; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  expect(cookieIn(new Headers({ cookie: "other=1; app.visit=a" }), "app.visit")).toBe("a");
});
