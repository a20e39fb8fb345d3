import { expect, test } from "vitest";
import { loginPath, safeReturnPath } from "./return-path.ts";

test("a path of this site is kept with its query", () => {
  expect(safeReturnPath("/events?type=OrderCreated&before=12")).toBe("/events?type=OrderCreated&before=12");
});

test.each(["https://evil.test/", "/.//evil.test", "events", undefined, "/login?next=/", "/login/"])(
  "%j leads to the overview",
  (next) => expect(safeReturnPath(next)).toBe("/"),
);

test("the way to the login remembers where it came from", () => {
  expect(safeReturnPath(new URL(loginPath("/sagas?status=running"), "http://x").searchParams.get("next"))).toBe(
    "/sagas?status=running",
  );
  expect(loginPath("/")).toBe("/login");
});
