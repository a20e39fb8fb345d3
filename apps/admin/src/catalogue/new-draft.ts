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

/** What has to be entered, or is no price: all of it at once, before anything is sent. */
export function variantProblems(
  { sku, name, price, image }: VariantDraft,
  currency: string,
): Partial<Record<keyof VariantDraft, string>> {
  return {
    ...(isEmpty(sku) && { sku: "Enter a SKU." }),
    ...(isEmpty(name) && { name: "Enter what tells it from the others." }),
    ...(isEmpty(image) && { image: "Choose a picture." }),
    ...priceProblem(price, currency),
  };
}

/** The same of a product, but for its variant. */
export function draftProblems(draft: NewDraft): Partial<Record<keyof NewDraft, string>> {
  const fields = Object.keys(REQUIRED) as (keyof typeof REQUIRED)[]; // its own keys
  return Object.fromEntries(fields.flatMap((field) => (isEmpty(draft[field]) ? [[field, REQUIRED[field]]] : [])));
}

const REQUIRED = {
  name: "Enter a name.",
  category: "Choose a category.",
  summary: "Enter a summary.",
  description: "Enter a description.",
  slug: "Enter an address.",
} as const satisfies Partial<Record<keyof NewDraft, string>>;

const isEmpty = (typed: string): boolean => typed.trim() === "";

function priceProblem(price: string, currency: string): { readonly price?: string } {
  const amount = minorUnitsOf(price, currency);
  if (amount === undefined) return { price: `Enter an amount, such as ${(12).toFixed(decimalsOf(currency))}.` };
  return amount === 0 ? { price: "Enter an amount above 0." } : {};
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
