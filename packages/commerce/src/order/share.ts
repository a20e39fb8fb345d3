/**
 * Which part of an order's total some of its units were paid with: each line's share of discount, delivery and tax goes by what its
 * goods cost. However an order is taken apart, the parts add up to the total, to the cent. Pure.
 */
import type { PricedLine } from "./price.ts";

export interface Units {
  readonly sku: string;
  readonly quantity: number;
}

/** `part / whole` of an amount, rounded down. The product of two sums of an order is beyond what a number holds exactly. */
const downTo = (amount: number, part: number, whole: number): number =>
  Number((BigInt(amount) * BigInt(part)) / BigInt(whole));

/** Every line has a unit, so a total always finds one to belong to, also where all goods are free. */
function weightsOf(lines: readonly PricedLine[]): number[] {
  const prices = lines.map(({ quantity, unitPrice }) => quantity * unitPrice);
  return prices.some((price) => price > 0) ? prices : lines.map(({ quantity }) => quantity);
}

/** Each line's part of the total, in their order. */
export function sharesOf(total: number, lines: readonly PricedLine[]): number[] {
  const weights = weightsOf(lines);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  return weights.map((weight) => {
    const before = downTo(total, reached, whole);
    reached += weight;
    return downTo(total, reached, whole) - before;
  });
}

/**
 * What `units` were paid with, or their share of another sum of the order, such as its tax.
 * @param lines all of the order; each item is in one of them
 * @param before units that were taken out earlier
 */
export function paidFor(
  total: number,
  lines: readonly PricedLine[],
  units: readonly Units[],
  before: readonly Units[],
): number {
  const shares = sharesOf(total, lines);
  return lines.reduce((sum, { sku, quantity }, at) => {
    const [earlier, later] = [countOf(sku, before), countOf(sku, before) + countOf(sku, units)];
    const share = shares[at] ?? 0;
    return sum + downTo(share, later, quantity) - downTo(share, earlier, quantity);
  }, 0);
}

const countOf = (sku: string, units: readonly Units[]): number =>
  units.reduce((sum, unit) => (unit.sku === sku ? sum + unit.quantity : sum), 0);
