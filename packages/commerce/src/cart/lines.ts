/** Lines of a cart or of an order as they are sent: every size bounded, every field named in its error. */
import { text } from "@tillstream/trpc/input";
import { z } from "zod";

export const LINES_MAX = 100;
export const QUANTITY_MAX = 999;
const SKU_LENGTH_MAX = 64;

export const sku = text(SKU_LENGTH_MAX).min(1, "sku is required");
/** @param min 0 where a line may be taken out */
export const quantity = (min: 0 | 1) =>
  z.int("a whole number").min(min, `at least ${min}`).max(QUANTITY_MAX, `at most ${QUANTITY_MAX} of one item`);

const wantedLine = z.strictObject({ sku, quantity: quantity(1) });
export type WantedLine = z.output<typeof wantedLine>;

export const wantedLines = z
  .array(wantedLine)
  .min(1, "at least one line")
  .max(LINES_MAX, `at most ${LINES_MAX} lines`)
  .check(({ value, issues }) => {
    // Lines of one item are one line in the order, so that the limit is on their sum.
    const ordered = new Map<string, number>();
    value.forEach((line, index) => {
      const sum = (ordered.get(line.sku) ?? 0) + line.quantity;
      ordered.set(line.sku, sum);
      if (sum <= QUANTITY_MAX) return;
      const message = `at most ${QUANTITY_MAX} of one item`;
      issues.push({
        code: "too_big",
        origin: "number",
        maximum: QUANTITY_MAX,
        input: sum,
        path: [index, "quantity"],
        message,
      });
    });
  });

/** One line for each sku, quantities added up, in the order of first appearance. */
export function mergeLines(lines: readonly WantedLine[]): WantedLine[] {
  const merged = new Map<string, number>();
  for (const line of lines) merged.set(line.sku, (merged.get(line.sku) ?? 0) + line.quantity);
  return [...merged].map(([merchandise, sum]) => ({ sku: merchandise, quantity: sum }));
}
