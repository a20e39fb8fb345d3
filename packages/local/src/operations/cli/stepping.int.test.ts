import { createTestGateway, createTestShop, orderInput } from "@tillstream/commerce/testing";
import { placeOrder } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import { afterEach, expect, it, vi } from "vitest";
import { UsageError } from "./moment.ts";
import { compare, step } from "./stepping.ts";

afterEach(() => void vi.restoreAllMocks());

it("each event is printed with its rows, and the exit code says whether they are the stored ones", async () => {
  await using shop = await createTestShop();
  const db = shop.database;
  const { orderId } = await placeOrder(shop.context(), orderInput());
  await shop.settle(createTestGateway());
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  const said = vi.spyOn(console, "error").mockReturnValue();
  const streamId = `order-${orderId}`;
  expect(await step(db, "order_view", streamId, {})).toBe(0);
  expect(lines.join("\n")).toMatch(
    /OrderConfirmed\n {4}order_view [\s\S]*\/status: "pending" -> "confirmed"[\s\S]*agrees with the events/,
  );
  await db.query(sql`UPDATE order_view SET total = 1`);
  expect(await step(db, "order_view", streamId, {})).toBe(1);
  expect(lines.at(-1)).toContain(`total since ${streamId}:1 (OrderCreated)`);
  expect(await compare(db, "order_view", {})).toBe(1);
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining("100 %"));
  lines.length = 0;
  expect(await step(db, "sales_by_day", streamId, { json: true })).toBe(0);
  expect(JSON.parse(lines.join(""))).toMatchObject({ streamId, comparison: { agrees: true, shared: true } });
  await expect(step(db, "nothing", streamId, {})).rejects.toThrow(UsageError);
  await expect(step(db, "order_view", "nothing", {})).rejects.toThrow("Stream nothing does not exist.");
});
