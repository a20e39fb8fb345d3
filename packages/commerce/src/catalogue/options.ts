/**
 * A product's choices, such as colour and size, worked out from its variants: each value leads to a variant, and one that
 * does not go with what else is chosen says so and leads to the nearest that does. Pure; what the page asks in its address
 * is answered here too.
 */
import type { StockBand, VariantDetail } from "./queries.ts";

type Choosable = Pick<VariantDetail, "sku" | "name" | "options" | "stock">;

export interface ChoiceValue {
  readonly value: string;
  /** The variant that it leads to: with the other choices as they are where there is one, else the nearest. */
  readonly sku: string;
  readonly chosen: boolean;
  /** Of the variant that it leads to. */
  readonly stock: StockBand;
  /** What else changes with it, since there is none with the other choices as they are: the new values, such as `Large`. */
  readonly instead: readonly string[];
}

export interface Choice {
  /** The key of the option and of the address, such as `colour`. */
  readonly name: string;
  readonly values: readonly ChoiceValue[];
}

/** It changes how much there is of a thing and not its look, so it is asked for last. The database keeps no order of options. */
const LAST = "size";

/** The name of the only choice of a product whose variants have names and no options. */
const BY_NAME = "kind";

function optionsOf(variants: readonly Choosable[]): readonly Readonly<Record<string, string>>[] {
  const [first] = variants;
  const keys = Object.keys(first?.options ?? {}).toSorted(
    (one, other) => Number(one === LAST) - Number(other === LAST),
  );
  const alike = variants.every(({ options }) => keys.every((key) => typeof options[key] === "string"));
  const told = new Set(variants.map(({ options }) => JSON.stringify(keys.map((key) => options[key]))));
  return keys.length > 0 && alike && told.size === variants.length
    ? variants.map(({ options }) => Object.fromEntries(keys.map((key) => [key, options[key] ?? ""])))
    : variants.map(({ name }) => ({ [BY_NAME]: name }));
}

const IN_STOCK_FIRST = { in: 0, low: 0, out: 1 } satisfies Record<StockBand, number>;

/** The choices of a product in the order of its options; none where there is one variant. */
export function choicesOf(variants: readonly Choosable[], chosenSku: string): readonly Choice[] {
  if (variants.length < 2) return [];
  const options = optionsOf(variants);
  const at = Math.max(
    variants.findIndex(({ sku }) => sku === chosenSku),
    0,
  );
  const chosen = options[at] ?? {};
  const keys = Object.keys(options[0] ?? {});
  return keys.map((name) => ({
    name,
    values: [...new Set(options.map((each) => each[name] ?? ""))].flatMap((value) => {
      const wanted = { ...chosen, [name]: value };
      const index = nearest(
        variants,
        options.map((each) => (each[name] === value ? each : undefined)),
        wanted,
      );
      const [variant, found] = [variants[index], options[index]];
      if (variant === undefined || found === undefined) return [];
      const instead = keys.filter((key) => found[key] !== wanted[key]).map((key) => found[key] ?? "");
      return [{ value, sku: variant.sku, stock: variant.stock, chosen: chosen[name] === value, instead }];
    }),
  }));
}

/** The variant that agrees with most of what is wanted; of several the first that is in stock. */
function nearest(
  variants: readonly Choosable[],
  options: readonly (Readonly<Record<string, string>> | undefined)[],
  wanted: Readonly<Record<string, string>>,
): number {
  const agreement = (each: Readonly<Record<string, string>>) =>
    Object.keys(wanted).filter((key) => each[key] === wanted[key]).length;
  const rank = (index: number, each: Readonly<Record<string, string>>) => [
    -agreement(each),
    IN_STOCK_FIRST[variants[index]?.stock ?? "out"],
    index,
  ];
  const ranked = options.flatMap((each, index) => (each === undefined ? [] : [rank(index, each)]));
  const [best] = ranked.toSorted((one, other) => one.map((n, i) => n - (other[i] ?? 0)).find((n) => n !== 0) ?? 0);
  return best?.[2] ?? -1;
}

export interface Asked<V> {
  readonly variant: V;
  /** What was asked for and does not exist together; null where it does, or where nothing was asked. */
  readonly missing: string | null;
}

/**
 * The variant that an address asks for: by its `sku`, else by the names of its options; the first in stock where it asks for
 * none. Undefined for a product without variants. A value that is not among the options is as if it was not there.
 */
export function variantAsked<V extends Choosable>(
  variants: readonly V[],
  asked: Readonly<Record<string, string | undefined>>,
): Asked<V> | undefined {
  const bySku = variants.find(({ sku }) => sku === asked["sku"]);
  if (bySku !== undefined) return { variant: bySku, missing: null };
  const options = optionsOf(variants);
  const wanted = Object.fromEntries(
    Object.keys(options[0] ?? {}).flatMap((key) => {
      const value = asked[key];
      return value !== undefined && options.some((each) => each[key] === value) ? [[key, value]] : [];
    }),
  );
  const index = nearest(variants, options, wanted);
  const [variant, found] = [variants[index], options[index]];
  if (variant === undefined || found === undefined) return undefined;
  const whole = Object.entries(wanted).every(([key, value]) => found[key] === value);
  return { variant, missing: whole ? null : Object.values(wanted).join(", ") };
}
