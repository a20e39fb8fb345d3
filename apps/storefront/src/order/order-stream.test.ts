import { ORDERS_WATCHED_MAX as SERVER_ORDERS_WATCHED_MAX } from "@tillstream/commerce";
import { expect, it } from "vitest";
import { ORDERS_WATCHED_MAX } from "./order-stream.ts";

it("no more orders are watched at once than the server takes", () => {
  expect(ORDERS_WATCHED_MAX).toBe(SERVER_ORDERS_WATCHED_MAX);
});
