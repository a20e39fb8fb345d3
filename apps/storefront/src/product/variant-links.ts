/** Choosing among variants: for each option (colour, size) the values there are, and which variant each leads to. */
import type { VariantDetail } from "@tillstream/commerce";

export interface OptionValue {
  readonly value: string;
  /** Where choosing it leads: the other options stay where such a variant exists. */
  readonly variant: VariantDetail;
  readonly chosen: boolean;
  /** Whether no variant with this value, the other options being as they are, can be had. */
  readonly soldOut: boolean;
}

export interface ProductOption {
  readonly name: string;
  readonly values: readonly OptionValue[];
}

/** The variant that the address asks for; else the first that can be had; else the first. */
export function chosenVariant(variants: readonly VariantDetail[], sku: string | undefined): VariantDetail | undefined {
  return (
    variants.find((variant) => variant.sku === sku) ?? variants.find(({ stock }) => stock !== "out") ?? variants[0]
  );
}

const agreement = (left: VariantDetail, right: VariantDetail): number =>
  Object.entries(left.options).filter(([name, value]) => right.options[name] === value).length;

export function optionsOf(variants: readonly VariantDetail[], current: VariantDetail): ProductOption[] {
  const names = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))];
  return names.map((name) => {
    const values = [...new Set(variants.flatMap(({ options }) => options[name] ?? []))];
    return { name, values: values.flatMap((value) => optionValue(variants, current, name, value)) };
  });
}

function optionValue(
  variants: readonly VariantDetail[],
  current: VariantDetail,
  name: string,
  value: string,
): OptionValue[] {
  const nearest = variants
    .filter(({ options }) => options[name] === value)
    .toSorted((left, right) => agreement(right, current) - agreement(left, current))[0];
  if (nearest === undefined) return [];
  return [{ value, variant: nearest, chosen: current.options[name] === value, soldOut: nearest.stock === "out" }];
}
