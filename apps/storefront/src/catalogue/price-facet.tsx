/** Ranges of prices with how much is in each, and two fields for any other. */
import type { PriceFacet as Range } from "@tillstream/commerce";
import { buttonStyle, formatMoney, TextInput } from "@tillstream/ui";
import Form from "next/form";
import { FacetLink } from "./facet-link.tsx";
import { formOf, inMajorUnits, listHref } from "./listing-address.ts";
import type { ListState } from "./listing-address.ts";

const CURRENCY = "USD";

/** Without the cents where there are none. */
const price = (amount: number) => formatMoney({ amount, currency: CURRENCY }).replace(/\.00$/, "");

/** The ends as they were given: both are included. */
export function priceWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? "Any price" : `Up to ${price(max)}`;
  return max === undefined ? `${price(min)} and more` : `${price(min)} to ${price(max)}`;
}

interface PriceFacetProps {
  state: ListState;
  prices: readonly Range[];
  atLeast: boolean;
}

export function PriceFacet({ state, prices, atLeast }: PriceFacetProps) {
  const without = { ...state, priceMin: undefined, priceMax: undefined, pages: 1 };
  const { action, kept } = formOf(without);
  return (
    <>
      <ul>
        {prices.map(({ min, max, count }) => {
          const range = { priceMin: min ?? undefined, priceMax: max ?? undefined };
          const chosen = state.priceMin === range.priceMin && state.priceMax === range.priceMax;
          return (
            <FacetLink
              key={min}
              href={listHref(chosen ? without : { ...without, ...range })}
              chosen={chosen}
              count={count}
              atLeast={atLeast}
            >
              {priceWords(range.priceMin, range.priceMax)}
            </FacetLink>
          );
        })}
      </ul>
      <Form action={action} scroll={false} className="mt-3 flex items-end gap-2">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <PriceField key={`from ${state.priceMin}`} name="from" label="From $" value={state.priceMin} />
        <PriceField key={`to ${state.priceMax}`} name="to" label="To $" value={state.priceMax} />
        <button type="submit" className={buttonStyle("secondary", "md", "shop:px-3")}>
          Apply
        </button>
      </Form>
    </>
  );
}

function PriceField({ name, label, value }: { name: string; label: string; value: number | undefined }) {
  return (
    <label className="min-w-0 flex-1 text-sm text-muted">
      {label}
      <TextInput
        name={name}
        inputMode="decimal"
        maxLength={10}
        defaultValue={value === undefined ? "" : inMajorUnits(value)}
        autoComplete="off"
      />
    </label>
  );
}
