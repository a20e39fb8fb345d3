/**
 * Orders as the shop took them before it knew currencies: their history begins with OrderCreated v1. The worker carries
 * them out like any other, since every reader gets the latest version. Seeding twice orders nothing twice.
 */
import { orderNumber, orderStreamId } from "@tillstream/commerce";
import { appendEvents } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";

const OLD_ORDERS = 3;
const STREAM_TYPE = "order";
/** What v1 meant by a total. */
const CURRENCY = "USD";
const EMAIL = "ines.moreau@example.com";
const ADDRESS = { name: "Ines Moreau", line1: "14 Rue des Lilas", city: "Lyon", postalCode: "69003", country: "FR" };

interface OldLine {
  readonly sku: string;
  readonly name: string;
  readonly image: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

export async function seedOldOrders(db: Database, seed: number): Promise<void> {
  const items = await db.query<Omit<OldLine, "quantity">>(sql`
    SELECT variant.sku, product.name, variant.image, variant.price AS "unitPrice"
    FROM product_variants variant JOIN products product ON product.id = variant.product_id JOIN stock USING (sku)
    WHERE available >= 100 ORDER BY variant.sku LIMIT ${OLD_ORDERS}`);
  for (const [index, item] of items.entries()) {
    const lines = [{ ...item, quantity: index + 1 }];
    await db.transaction((tx) => placeOldOrder(tx, `old-${seed}-${index + 1}`, lines));
  }
}

async function placeOldOrder(tx: SqlExecutor, orderId: string, lines: readonly OldLine[]): Promise<void> {
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  const placed = await tx.query(sql`
    INSERT INTO orders (id, number, version, status, email, shipping_address, payment_method, payment_token, total, currency, placed_at, updated_at)
    VALUES (${orderId}, ${orderNumber(orderId)}, 1, 'pending', ${EMAIL}, ${JSON.stringify(ADDRESS)}::jsonb, 'card', 'tok_visa', ${total}::int, ${CURRENCY}, now(), now())
    ON CONFLICT (id) DO NOTHING RETURNING id`);
  if (placed.length === 0) return;
  await tx.query(sql`
    INSERT INTO order_lines (order_id, ordinal, sku, name, image, quantity, unit_price)
    SELECT ${orderId}, line.ordinal - 1, line.item ->> 'sku', line.item ->> 'name', line.item ->> 'image',
           (line.item ->> 'quantity')::int, (line.item ->> 'unitPrice')::int
    FROM jsonb_array_elements(${JSON.stringify(lines)}::jsonb) WITH ORDINALITY AS line(item, ordinal)`);
  await appendEvents(tx, {
    streamId: orderStreamId(orderId),
    streamType: STREAM_TYPE,
    expectedVersion: "new",
    // Written out, and not by the definition: that writes the latest version.
    events: [{ type: "OrderCreated", schemaVersion: 1, data: { orderId, total, lines } }],
    metadata: {
      correlationId: `seed-${orderId}`,
      causationId: `command:seed-${orderId}`,
      command: "checkout.placeOrder",
      actor: "guest",
    },
  });
}
