/** Ranges of prices with how much is in each, and two fields for any other. */
import type { PriceFacet as Range } from "@tillstream/commerce";
import { buttonStyle, Field, formatMoney, TextInput } from "@tillstream/ui";
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
      <Form action={action} scroll={false} className="mt-3 flex flex-wrap items-start gap-2">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <PriceField name="from" label="From $" value={state.priceMin} mistyped={state.mistyped} />
        <PriceField name="to" label="To $" value={state.priceMax} mistyped={state.mistyped} />
        <button type="submit" className={buttonStyle("secondary", "md", "shop:px-3 mt-6.5")}>
          Apply
        </button>
      </Form>
    </>
  );
}

interface PriceFieldProps {
  name: "from" | "to";
  label: string;
  value: number | undefined;
  mistyped: ListState["mistyped"];
}

function PriceField({ name, label, value, mistyped }: PriceFieldProps) {
  const shown = mistyped?.[name] ?? (value === undefined ? "" : inMajorUnits(value));
  const problem = mistyped?.problems[name];
  // The first that is wrong has the focus.
  const isFirst = problem !== undefined && (name === "from" || mistyped?.problems.from === undefined);
  return (
    <Field label={label} error={problem} className="min-w-0 flex-1">
      <TextInput
        key={`${shown} ${problem}`}
        name={name}
        inputMode="decimal"
        defaultValue={shown}
        autoComplete="off"
        autoFocus={isFirst} // oxlint-disable-line jsx-a11y/no-autofocus -- who typed it hears at once what is wrong
      />
    </Field>
  );
}
