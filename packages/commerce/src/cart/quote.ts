/** What lines cost now, one by one, for callers without a cart: the shop shows no total that the server did not work out. */
import type { SqlExecutor } from "@tillstream/runtime";
import { priceVariants, SHOP_CURRENCY, stockBand } from "../catalogue/index.ts";
import type { Money, StockBand } from "../catalogue/index.ts";
import { mergeLines } from "./lines.ts";
import type { WantedLine } from "./lines.ts";

export interface QuotedLine {
  readonly sku: string;
  readonly slug: string;
  readonly name: string;
  readonly image: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
  readonly stock: StockBand;
  /** Fewer are left than the cart wants: how many there are. */
  readonly onlyLeft: number | null;
}

export interface Quote {
  readonly lines: readonly QuotedLine[];
  /** Skus the shop no longer has. */
  readonly unknownSkus: readonly string[];
  readonly total: Money;
}

export async function quoteCart(db: SqlExecutor, lines: readonly WantedLine[]): Promise<Quote> {
  const wanted = mergeLines(lines);
  const priced = await priceVariants(
    db,
    wanted.map(({ sku }) => sku),
  );
  const quoted = wanted.flatMap(({ sku, quantity }): QuotedLine[] => {
    const variant = priced.get(sku);
    if (variant === undefined) return [];
    const { slug, name, image, price, currency, available } = variant;
    const onlyLeft = available < quantity ? Math.max(available, 0) : null;
    return [
      {
        sku,
        slug,
        name,
        image,
        quantity,
        unitPrice: { amount: price, currency },
        lineTotal: { amount: price * quantity, currency },
        stock: stockBand(available),
        onlyLeft,
      },
    ];
  });
  const total = quoted.reduce((sum, line) => sum + line.lineTotal.amount, 0);
  return {
    lines: quoted,
    unknownSkus: wanted.map(({ sku }) => sku).filter((sku) => !priced.has(sku)),
    total: { amount: total, currency: SHOP_CURRENCY },
  };
}
