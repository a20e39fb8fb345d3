import { test } from "vitest";
import { expectOneTrace } from "./order-trace.ts";

test("an order is one trace from the click until it is shipped, over Postgres", { timeout: 120_000 }, () =>
  expectOneTrace({ settings: {}, system: "postgresql", prefix: "" }),
);
