import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { createTestShop, orderInput } from "../testing/index.ts";
import { lastChangeBefore } from "./last-change.ts";

it("names an order by its number, and a customer by name or e-mail address", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  const { orderId, number } = await placeOrder(shop.context(), orderInput());
  const guest = `guest-${orderId}`;
  await db.query(sql`
    INSERT INTO customers (id, email, name) VALUES ('c1', 'ida@example.com', 'Ida'), ('c2', 'bo@example.com', '')`);
  const named = async (action: string, subject: string) => {
    await db.query(sql`
      INSERT INTO audit (actor, action, subject, reason, correlation_id) VALUES ('user:omar', ${action}, ${subject}, 'a test', 'c')`);
    const change = await lastChangeBefore(db, { subject: "", pendingAt: new Date(Date.now() + 60_000) });
    expect(change).toMatchObject({ action, subject });
    return change?.subjectName;
  };
  expect(await named("projections.pause", "order_view")).toBeNull();
  expect(await named("orders.refundLines", orderId)).toBe(`order ${number}`);
  expect(await named("sagas.retryStep", `checkout:${orderId}`)).toBe(`order ${number}`);
  expect(await named("customers.credit", "c1")).toBe("Ida");
  expect(await named("customers.credit", "c2")).toBe("bo@example.com");
  expect(await named("customers.erase", guest)).toBe("Ines");
  await db.query(sql`UPDATE orders SET erasure = ${guest}`);
  expect(await named("customers.erase", guest)).toBeNull();
});
