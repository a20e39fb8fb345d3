/** The command at the head of everything, beside the same rows in one raw statement. */
import { placeOrder, placeOrderStatement } from "@tillstream/commerce";
import type { PlaceOrderInput } from "@tillstream/commerce";
import { isRefusal } from "@tillstream/eventing";
import { products } from "../seed/catalogue/index.ts";
import { percentile } from "../traffic/shoppers.ts";
import type { Measured } from "./measure.ts";
import { compare, load } from "./measure.ts";
import { createBenchShop } from "./shop.ts";
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
  readonly rounds: number;
  readonly milliseconds: number;
}

export async function* benchCommands(options: CommandBenchOptions): AsyncGenerator<Measured> {
  await using shop = await createBenchShop();
  for (const callers of [16, 32]) {
    let raw: readonly number[] = [];
    yield await placeOrders({ ...options, shop, callers, onRawLatencies: (latenciesMs) => (raw = latenciesMs) });
    yield {
      name: `the rows of placeOrder in one raw statement, ${callers} callers`,
      measured: `p50 ${percentile(raw, 0.5).toFixed(0)} ms, p99 ${percentile(raw, 0.99).toFixed(0)} ms`,
      reach: "(beside HTTP)",
    };
  }
}

interface PlaceOrdersOptions extends CommandBenchOptions {
  readonly shop: BenchShop;
  readonly callers: number;
  /** The raw statement's latencies of each round, ascending. */
  readonly onRawLatencies: (latenciesMs: readonly number[]) => void;
}

function placeOrders({ shop, callers, rounds, milliseconds, onRawLatencies }: PlaceOrdersOptions) {
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
