/**
 * What keeps lines from being bought as they are: an item that is not sold any more, fewer left than wanted, a price that is
 * not the one that was seen. Known before anything is charged, and named line by line. Pure.
 */
import { refuse } from "@tillstream/eventing";
import { formatMoney } from "../catalogue/index.ts";
import type { Money } from "../catalogue/index.ts";

interface ProblemLine {
  readonly sku: string;
  readonly name: string;
  /** Of the input, such as `lines.0.quantity`. */
  readonly field: string;
  readonly message: string;
}

export type CartProblem = ProblemLine &
  (
    | { readonly kind: "UNKNOWN_SKU" }
    | { readonly kind: "OUT_OF_STOCK"; readonly wanted: number; readonly left: number }
    | { readonly kind: "PRICE_CHANGED"; readonly before: Money; readonly now: Money }
  );

export interface LineToBuy {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Minor units; undefined where the seen price is not known. */
  readonly seenPrice?: number | undefined;
}

export interface Offer {
  readonly price: number;
  readonly currency: string;
  readonly available: number;
}

export function problemsOf(lines: readonly LineToBuy[], offers: ReadonlyMap<string, Offer>): CartProblem[] {
  return lines.flatMap((line, index) => problemsOfLine(line, offers.get(line.sku), `lines.${index}`));
}

function problemsOfLine({ sku, name, quantity, seenPrice }: LineToBuy, offer: Offer | undefined, path: string) {
  if (offer === undefined) {
    const message = `Item ${sku} does not exist.`;
    return [{ kind: "UNKNOWN_SKU", sku, name, field: `${path}.sku`, message } as const];
  }
  const problems: CartProblem[] = [];
  const left = Math.max(offer.available, 0);
  if (left < quantity) {
    const message = left === 0 ? `${name} is sold out.` : `Only ${left} of ${name} are left, not ${quantity}.`;
    problems.push({ kind: "OUT_OF_STOCK", sku, name, wanted: quantity, left, field: `${path}.quantity`, message });
  }
  if (seenPrice !== undefined && seenPrice !== offer.price) {
    const { currency } = offer;
    const message = `${name} costs ${formatMoney(offer.price, currency)} now, not ${formatMoney(seenPrice, currency)}.`;
    const prices = { before: { amount: seenPrice, currency }, now: { amount: offer.price, currency } };
    problems.push({ kind: "PRICE_CHANGED", sku, name, ...prices, field: `${path}.unitPrice`, message });
  }
  return problems;
}

const RULES = { UNKNOWN_SKU: "known sku", OUT_OF_STOCK: "<= what is left", PRICE_CHANGED: "the price that was seen" };
/** The most serious comes first. */
const KINDS = ["UNKNOWN_SKU", "OUT_OF_STOCK", "PRICE_CHANGED"] as const;

/** Refuses when there are problems, with a field for each line. */
export function assertNoProblems(problems: readonly CartProblem[]): void {
  const kind = KINDS.find((one) => problems.some((problem) => problem.kind === one));
  if (kind === undefined) return;
  const ofKind = problems.filter((problem) => problem.kind === kind);
  const fields = ofKind.map(({ field, message }) => ({ field, rule: RULES[kind], message }));
  const message = ofKind.map((problem) => problem.message).join(" ");
  throw refuse(kind === "UNKNOWN_SKU" ? "invalid" : "conflict", kind, message, { fields });
}
