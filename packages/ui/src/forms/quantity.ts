/** Quantities as people type and step them. Pure. */

export interface QuantityRange {
  readonly min: number;
  readonly max: number;
}

/** Digits alone: what "12.7", "1,000" or "-3" means is not for us to guess. */
const WHOLE_NUMBER = /^\d+$/;

/** What was typed, as a quantity; undefined when it is none. Full-width digits and space around it are fine. */
export function readQuantity(typed: string, { min, max }: QuantityRange): number | undefined {
  const text = typed.normalize("NFKC").trim();
  const quantity = WHOLE_NUMBER.test(text) ? Number(text) : Number.NaN;
  return quantity >= min && quantity <= max ? quantity : undefined;
}

/** The rule, and what is in force meanwhile. */
export function quantityProblem(current: number, { min, max }: QuantityRange): string {
  return `Enter a whole number from ${min} to ${max}. It is still ${current}.`;
}

export function stepQuantity(from: number, by: number, { min, max }: QuantityRange): number {
  return Math.min(max, Math.max(min, from + by));
}
