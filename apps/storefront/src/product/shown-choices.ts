/** The choices of a product in words and addresses. */
import { choicesOf } from "@tillstream/commerce";
import type { ChoiceValue, ProductDetail } from "@tillstream/commerce";
import type { ShownChoice } from "./choices.tsx";

type Product = Pick<ProductDetail, "slug" | "variants">;

/** The option that changes no look. */
const SIZE = "size";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The page of one variant, by what it is and not by its number. */
export function variantAddress({ slug, variants }: Product, sku: string): string {
  const asked = choicesOf(variants, sku).flatMap(({ name, values }) =>
    values.filter(({ chosen }) => chosen).map(({ value }): [string, string] => [name, value]),
  );
  return asked.length === 0 ? `/p/${slug}` : `/p/${slug}?${new URLSearchParams(asked)}`;
}

export function noteOf({ instead, stock }: Pick<ChoiceValue, "instead" | "stock">): string | null {
  const gone = stock === "out" ? "sold out" : null;
  if (instead.length === 0) return gone;
  return [`only in ${instead.join(", ")}`, ...(gone === null ? [] : [gone])].join(", ");
}

export function shownChoices(product: Product, chosenSku: string): readonly ShownChoice[] {
  const imageOf = (sku: string) => product.variants.find((variant) => variant.sku === sku)?.image ?? null;
  return choicesOf(product.variants, chosenSku).map(({ name, values }) => ({
    name,
    label: capital(name),
    values: values.map((each) => ({
      value: each.value,
      chosen: each.chosen,
      href: variantAddress(product, each.sku),
      note: noteOf(each),
      image: name === SIZE ? null : imageOf(each.sku),
    })),
  }));
}

/** Of a variant of which nothing is left, with the choices that the product has. */
export function soldOutWords(choices: readonly Pick<ShownChoice, "name" | "values">[]): string {
  const names = choices.filter(({ values }) => values.length > 1).map(({ name }) => name);
  const other = names.length === 0 ? "" : ` Another ${names.join(" or ")} may still be available.`;
  return `This one is sold out for now.${other}`;
}
