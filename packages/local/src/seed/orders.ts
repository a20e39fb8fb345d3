/**
 * Orders of the past, placed by the shop's own command: the worker then carries them through like any other.
 * The same seed sends the same commands under the same keys, so seeding twice orders nothing twice.
 */
import { placeOrder } from "@tillstream/commerce";
import type { PlaceOrderInput } from "@tillstream/commerce";
import { commandContext } from "@tillstream/trpc";
import type { Services } from "@tillstream/trpc";
import { products } from "./catalogue/index.ts";
import { createRandom } from "./random.ts";
import type { Random } from "./random.ts";

const SHOPPERS = [
  ["Ines Moreau", "14 Rue des Lilas", "Lyon", "69003", "FR"],
  ["Daniel Osei", "221 Alder Street", "Portland", "97205", "US"],
  ["Mei Tanaka", "3-8-1 Kamiuma", "Tokyo", "154-0011", "JP"],
  ["Hannah Lindqvist", "Storgatan 9", "Umea", "903 26", "SE"],
  ["Tom Adeyemi", "47 Canal Walk", "Bristol", "BS1 5UB", "GB"],
] as const;

/** Of ten orders, one is declined for lack of funds and one for another reason. */
const TOKENS = [
  "tok_visa",
  "tok_visa",
  "tok_visa",
  "tok_visa",
  "tok_visa",
  "tok_visa",
  "tok_visa",
  "tok_visa",
  "tok_chargeDeclined",
  "tok_insufficientFunds",
] as const;
const STOCK_TO_SELL_FROM = 100;

export interface SeedOrdersOptions {
  readonly count: number;
  readonly seed: number;
  onProgress?(placed: number): void;
}

export async function seedOrders(services: Services, { count, seed, onProgress }: SeedOrdersOptions): Promise<void> {
  const random = createRandom(seed);
  for (let index = 0; index < count; index += 1) {
    const input = randomOrder(random);
    const ids = { correlationId: services.ids.next(), idempotencyKey: `seed-${seed}-${index}` };
    await placeOrder(commandContext({ ...services, user: null, ...ids }), input);
    onProgress?.(index + 1);
  }
}

function randomOrder(random: Random): PlaceOrderInput {
  const [name, line1, city, postalCode, country] = random.pick(SHOPPERS);
  const variants = products.flatMap((product) => product.variants).filter(({ stock }) => stock >= STOCK_TO_SELL_FROM);
  const lines = Array.from({ length: random.int(1, 4) }, () => ({
    sku: variants[random.int(0, variants.length - 1)]?.sku ?? "",
    quantity: random.int(1, 3),
  }));
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
  return {
    lines,
    email,
    shippingAddress: { name, line1, city, postalCode, country },
    payment: { method: "card", token: random.pick(TOKENS) },
  };
}
