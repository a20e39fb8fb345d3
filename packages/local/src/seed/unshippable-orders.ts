/**
 * Orders to a city that the carrier never answers for. The worker carries them out like any other; for the consumer that
 * asks for the label, their event fails all its attempts and is parked: a dead letter, about a minute and a half later.
 */
import { placeOrder, UNREACHABLE_CITY } from "@tillstream/commerce";
import type { PlaceOrderInput } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import { commandContext } from "@tillstream/trpc";
import type { Services } from "@tillstream/trpc";

const UNSHIPPABLE_ORDERS = 2;
const EMAIL = "tom.adeyemi@example.com";
const ADDRESS = {
  name: "Tom Adeyemi",
  line1: "47 Canal Walk",
  city: UNREACHABLE_CITY,
  postalCode: "BS1 5UB",
  country: "GB",
};

/** Seeding twice orders nothing twice. Returns how many orders there are. */
export async function seedUnshippableOrders(services: Services, seed: number): Promise<number> {
  const items = await services.db.query<{ sku: string }>(
    sql`SELECT sku FROM stock WHERE available >= 100 ORDER BY sku LIMIT ${UNSHIPPABLE_ORDERS}`,
  );
  for (const [index, { sku }] of items.entries()) {
    const ids = { correlationId: services.ids.next(), idempotencyKey: `seed-${seed}-unshippable-${index}` };
    const input: PlaceOrderInput = {
      lines: [{ sku, quantity: 1 }],
      email: EMAIL,
      shippingAddress: ADDRESS,
      payment: { method: "card", token: "tok_visa" },
    };
    await placeOrder(commandContext({ ...services, user: null, ...ids }), input);
  }
  return items.length;
}
