import { placeOrder } from "../checkout/index.ts";
import { createTestShop, orderInput } from "../testing/index.ts";
import { expect, it } from "vitest";
import { metricsEndpoint } from "./endpoint.ts";

it("tells Prometheus of the process and of the whole system, and of nothing when it is off", async () => {
  await using shop = await createTestShop();
  await placeOrder(shop.context(), orderInput());
  const read = metricsEndpoint({ db: shop.database, enabled: true });
  const response = await read();
  expect([response.status, response.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/plain")]);
  const text = await response.text();
  expect(text).toMatch(/^outbox_unpublished 1$/m);
  expect(text).toMatch(/^outbox_oldest_age_seconds \d/m);
  expect(text).toMatch(/^# TYPE projection_lag_seconds gauge$/m);
  expect(text).toMatch(/^# TYPE event_publish_latency_seconds histogram$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  expect((await read()).status).toBe(200);
  expect((await metricsEndpoint({ db: shop.database, enabled: false })()).status).toBe(404);
});

it("says that Postgres is away when it is", async () => {
  const away = { query: () => Promise.reject(new Error("connect ECONNREFUSED")) };
  expect((await metricsEndpoint({ db: away, enabled: true })()).status).toBe(503);
});
