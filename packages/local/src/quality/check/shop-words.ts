/**
 * The kernel and the runtime under it have no shop word. Comments may give an example from the shop; names and strings may not.
 * "Order" is a word of the kernel too (order of events, ORDER BY): only the thing that a customer places is meant.
 */
import type { Finding } from "./finding.ts";
import { withoutComments } from "./imports.ts";
import type { SourceFile } from "./source-files.ts";

const KNOWS_NO_SHOP = /^packages\/(?:eventing|runtime)\//;
const NOUNS =
  "cart|checkout|payment|refund|product|sku|stock|customer|shopper|shipment|shipping|invoice|storefront|catalogue item";
const AN_ORDER =
  "orders|order_(?:id|ids|line|lines|view)|order-\\d+|(?:place|cancel|confirm|create|ship|my)_?order|order(?:Id|Ids|Line|Lines|Created|Placed|Confirmed|Cancelled|Shipped|View|Status|Total|Number)";
/** Names in camelCase are looked at as words: `stockLevel` is "stock level". */
const SHOP_WORD = new RegExp(`(?<![a-z])(?:${NOUNS})s?(?![a-z])`, "i");
const ORDER_NAME = new RegExp(`(?<![A-Za-z])(?:${AN_ORDER})(?![a-z])|["'\`]orders?["'\`]`, "i");

export function checkShopWords(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => KNOWS_NO_SHOP.test(path))
    .flatMap(({ path, text }) =>
      withoutComments(text)
        .split("\n")
        .flatMap((line, at) => {
          const word = shopWordIn(line);
          if (word === undefined) return [];
          return [{ rule: "shop-words", path, line: at + 1, message: `"${word}" is a word of the shop` }];
        }),
    );
}

function shopWordIn(line: string): string | undefined {
  const words = line.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return (ORDER_NAME.exec(line) ?? SHOP_WORD.exec(words))?.[0];
}
