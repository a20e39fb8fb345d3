/** The command at the head of everything, beside the same rows in one raw statement. */
import { placeOrder, placeOrderStatement } from "@tillstream/commerce";
import type { PlaceOrderInput } from "@tillstream/commerce";
import { isRefusal } from "@tillstream/eventing";
import { products } from "../seed/catalogue/index.ts";
import type { Comparison } from "./measure.ts";
import { compare, load } from "./measure.ts";
import type { BenchShop } from "./shop.ts";

const variants = products.flatMap((product) => product.variants);

function input(index: number): PlaceOrderInput {
  const sku = (offset: number) => variants[(index * 7 + offset) % variants.length]?.sku ?? "";
  return {
    lines: [
      { sku: sku(0), quantity: 1 },
      { sku: sku(3), quantity: 2 },
    ],
    email: `bench-${index}@example.com`,
    shippingAddress: { name: "Bench", line1: "1 Street", city: "Town", postalCode: "12345", country: "US" },
    payment: { method: "card", token: "tok_visa" },
  };
}

export interface CommandBenchOptions {
  readonly shop: BenchShop;
  readonly callers: number;
  readonly rounds: number;
  readonly milliseconds: number;
  /** The raw statement's latencies of each round, ascending. */
  readonly onRawLatencies: (latenciesMs: readonly number[]) => void;
}

export function benchCommands({
  shop,
  callers,
  rounds,
  milliseconds,
  onRawLatencies,
}: CommandBenchOptions): Promise<Comparison> {
  const { services, database } = shop;
  const context = (key: string) => ({
    ...services,
    user: null,
    correlationId: services.ids.next(),
    idempotencyKey: key,
  });
  const run = services.ids.next();
  return compare({
    name: `placeOrder, ${callers} callers`,
    unit: "commands/s",
    referenceName: "the same rows in one raw statement",
    reach: ">= 0.6",
    rounds,
    async ours(round) {
      const { perSecond } = await load(callers, milliseconds, async (index) => {
        const answer = await placeOrder(context(`${run}-${callers}-${round}-${index}`), input(index));
        if (isRefusal(answer)) throw new Error(answer.message);
      });
      return perSecond;
    },
    async reference(round) {
      const { perSecond, latenciesMs } = await load(callers, milliseconds, async (index) => {
        const lines = (input(index).lines ?? []).map(({ sku, quantity }) => ({
          sku,
          quantity,
          name: "A thing",
          image: "",
          unitPrice: 1_200,
        }));
        await database.query(
          placeOrderStatement(context(`raw-${run}-${callers}-${round}-${index}`), input(index), lines),
        );
      });
      onRawLatencies(latenciesMs);
      return perSecond;
    },
  });
}
