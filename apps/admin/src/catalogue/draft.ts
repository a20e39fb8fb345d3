/** A product's words as they are being edited, and how two versions of them differ. */
import type { Product } from "./product.ts";

export interface Draft {
  readonly name: string;
  readonly category: string;
  readonly summary: string;
  readonly description: string;
  /** One a line. */
  readonly details: string;
}

export const FIELDS = {
  name: "Name",
  category: "Category",
  summary: "Summary",
  description: "Description",
  details: "Details, one a line",
} as const satisfies Record<keyof Draft, string>;

type DraftField = keyof Draft;

export function draftOf({ name, category, summary, description, details }: Product): Draft {
  return { name, category, summary, description, details: details.join("\n") };
}

export function textsOf({ details, ...texts }: Draft) {
  return {
    ...texts,
    details: details
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  };
}

export function differences(one: Draft, other: Draft): readonly DraftField[] {
  return (Object.keys(FIELDS) as DraftField[]).filter((field) => one[field] !== other[field]); // its own keys
}
