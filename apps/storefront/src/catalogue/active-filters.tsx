/** What a list is narrowed to, each with its own way off. */
import type { Facet, Facets } from "@tillstream/commerce";
import { FilterChips } from "@tillstream/ui";
import type { FilterChip } from "@tillstream/ui";
import { cleared, listHref, toggle } from "./listing-address.ts";
import type { ListState } from "./listing-address.ts";
import { priceWords } from "./price-facet.tsx";
import { QuickChoices } from "./quick-choices.tsx";

const KINDS = [
  { kind: "categories", label: "Category" },
  { kind: "colours", label: "Colour" },
  { kind: "materials", label: "Material" },
] as const;

/** The category of a category's page is what the page is about, and no filter of it. */
export function activeFilters(state: ListState, facets: Facets): readonly FilterChip[] {
  const kept = cleared(state).categories;
  const chip = (name: string, value: string, without: ListState): FilterChip => ({
    key: `${name} ${value}`,
    name,
    value,
    removeHref: listHref({ ...without, pages: 1 }),
    removeLabel: `Remove ${name}: ${value}`,
  });
  const named = (known: readonly Facet[], slug: string) => known.find(({ value }) => value === slug)?.name ?? slug;
  const values = KINDS.flatMap(({ kind, label }) =>
    state[kind]
      .filter((slug) => kind !== "categories" || !kept.includes(slug))
      .map((slug) => chip(label, named(facets[kind], slug), toggle(state, kind, slug))),
  );
  const { priceMin, priceMax, inStock } = state;
  if (priceMin !== undefined || priceMax !== undefined)
    values.push(chip("Price", priceWords(priceMin, priceMax), { ...state, priceMin: undefined, priceMax: undefined }));
  if (inStock) values.push(chip("Availability", "In stock", { ...state, inStock: false }));
  return values;
}

export function ActiveFilters({ state, chips }: { state: ListState; chips: readonly FilterChip[] }) {
  return (
    <QuickChoices state={state}>
      <FilterChips chips={chips} clearHref={listHref(cleared(state))} className="mb-5" />
    </QuickChoices>
  );
}
