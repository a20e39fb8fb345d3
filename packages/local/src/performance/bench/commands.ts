/** The command at the head of everything, beside the same rows in one prepared raw statement. */
import { placeOrder } from "@tillstream/commerce";
import type { PlaceOrderInput } from "@tillstream/commerce";
import type { Sql } from "@tillstream/runtime";
import { commandContext } from "@tillstream/trpc";
import { products } from "../../seed/catalogue/index.ts";
import { percentile } from "../traffic/shoppers.ts";
import type { Measured } from "./measure.ts";
import { compare, load } from "./measure.ts";
import { createBenchShop } from "./shop.ts";
import type { BenchShop } from "./shop.ts";

const variants = products.flatMap((product) => product.variants);

export function orderInput(index: number): PlaceOrderInput {
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

type PlaceOrderContext = Parameters<typeof placeOrder>[0];

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
      name: `the rows of placeOrder in one prepared raw statement, ${callers} callers`,
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
  const context = (key: string) =>
    commandContext({ ...services, user: null, correlationId: services.ids.next(), idempotencyKey: key });
  const run = services.ids.next();
  return compare({
    name: `placeOrder, ${callers} callers`,
    unit: "commands/s",
    referenceName: "the same rows in one prepared raw statement",
    reach: ">= 0.75",
    rounds,
    async ours(round) {
      const { perSecond } = await load(callers, milliseconds, async (index) => {
        await placeOrder(context(`${run}-${callers}-${round}-${index}`), orderInput(index));
      });
      return perSecond;
    },
    async reference(round) {
      const lookedUp = new Map<string, Promise<unknown[]>>();
      const written = async <Row>() => [{} as Row];
      const place = (key: string, index: number, transactOne: PlaceOrderContext["db"]["transactOne"]) =>
        placeOrder(
          withoutReads(context(`raw-${run}-${callers}-${round}-${key}`), lookedUp, transactOne),
          orderInput(index),
        );
      for (const index of variants.keys()) await place(`before-${index}`, index, written);
      const { perSecond, latenciesMs } = await load(callers, milliseconds, (index) =>
        place(String(index), index, (statement) => database.query(statement)),
      );
      onRawLatencies(latenciesMs);
      return perSecond;
    },
  });
}

/** The command with nothing left of it but its statement: whatever it looks up was looked up before. */
function withoutReads(
  context: PlaceOrderContext,
  lookedUp: Map<string, Promise<unknown[]>>,
  transactOne: PlaceOrderContext["db"]["transactOne"],
): PlaceOrderContext {
  const query = <Row>(statement: Sql): Promise<Row[]> => {
    const asked = JSON.stringify([statement.text, statement.values]);
    const rows = lookedUp.get(asked) ?? context.db.query<unknown>(statement);
    lookedUp.set(asked, rows);
    return rows as Promise<Row[]>;
  };
  return { ...context, db: { ...context.db, query, transactOne } };
}
