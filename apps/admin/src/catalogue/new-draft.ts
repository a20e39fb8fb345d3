/** A new product and its first variant as they are being typed. */
import { decimalsOf } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";
import { textsOf } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { minorUnitsOf } from "./typed-amount.ts";

export type Choices = Outputs["catalogue"]["choices"];

export interface VariantDraft {
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly image: string;
}

export interface NewDraft extends Draft {
  readonly slug: string;
  readonly variant: VariantDraft;
}

export const emptyVariant: VariantDraft = { sku: "", name: "", price: "", image: "" };

const SLUG_LENGTH_MAX = 120;

/** The address that a name suggests: "Café au lait" is at cafe-au-lait. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_LENGTH_MAX)
    .replace(/^-+|-+$/g, "");
}

/** What is wrong with the price as typed, before anything is sent. */
export function priceProblem({ price }: VariantDraft, currency: string): string | undefined {
  const amount = minorUnitsOf(price, currency);
  if (amount === undefined) return `Enter an amount, such as ${(12).toFixed(decimalsOf(currency))}.`;
  return amount === 0 ? "Enter an amount above 0." : undefined;
}

export const variantInput = ({ sku, name, price, image }: VariantDraft, currency: string) => ({
  sku: sku.trim(),
  name,
  price: { amount: minorUnitsOf(price, currency) ?? 0, currency },
  image,
});

export const productInput = ({ slug, variant, ...words }: NewDraft, currency: string) => ({
  slug: slug.trim(),
  ...textsOf(words),
  variant: variantInput(variant, currency),
});
