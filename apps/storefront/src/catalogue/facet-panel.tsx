/**
 * What a list can be narrowed to, with how much there is of each: beside the list on a desk, a sheet over it on a phone. All of it is
 * links and a form, so that it works without scripts; the sheet is the browser's own popover.
 */
import type { Facet, Facets } from "@tillstream/commerce";
import { buttonStyle, cn } from "@tillstream/ui";
import type { ReactNode } from "react";
import { FacetLink } from "./facet-link.tsx";
import { listHref, toggle } from "./listing-address.ts";
import type { ListState } from "./listing-address.ts";
import { PriceFacet } from "./price-facet.tsx";
import { QuickChoices } from "./quick-choices.tsx";

const SHEET_ID = "filters";
const SHOWN_MAX = 9;

interface FacetPanelProps {
  state: ListState;
  facets: Facets;
  /** How many values are chosen. */
  chosen: number;
}

/** Opens the panel where it is a sheet. */
export function FacetButton({ chosen }: { chosen: number }) {
  return (
    <button type="button" popoverTarget={SHEET_ID} className={buttonStyle("secondary", "md", "lg:hidden")}>
      Filters{chosen > 0 && <span className="figures text-muted">{chosen}</span>}
    </button>
  );
}

export function FacetPanel({ state, facets, chosen }: FacetPanelProps) {
  const { categories, colours, materials, prices, inStock, isPartial } = facets;
  return (
    <aside
      id={SHEET_ID}
      popover="auto"
      aria-label="Filters"
      className={cn(
        "m-0 ml-auto h-dvh max-h-none w-80 max-w-[calc(100vw-2.5rem)] overflow-y-auto overscroll-contain bg-canvas px-5 pb-6 text-ink backdrop:bg-shade",
        "lg:static lg:ml-0 lg:block lg:h-auto lg:w-auto lg:overflow-visible lg:bg-transparent lg:p-0",
      )}
    >
      <div className="sticky top-0 z-1 -mx-5 flex items-center justify-between border-b border-line bg-canvas px-5 py-3 lg:hidden">
        <h2 className="heading text-xl">Filters{chosen > 0 && ` (${chosen})`}</h2>
        <button
          type="button"
          popoverTarget={SHEET_ID}
          popoverTargetAction="hide"
          className={buttonStyle("primary", "sm")}
        >
          Show {facets.count}
        </button>
      </div>
      <QuickChoices state={state}>
        <Group title="Category">
          <Values state={state} kind="categories" facets={categories} />
        </Group>
        <Group title="Price">
          <PriceFacet state={state} prices={prices} atLeast={isPartial} />
        </Group>
        <Group title="Colour">
          <Values state={state} kind="colours" facets={colours} atLeast={isPartial} />
        </Group>
        <Group title="Material">
          <Values state={state} kind="materials" facets={materials} atLeast={isPartial} />
        </Group>
        <Group title="Availability">
          <ul>
            <FacetLink
              href={listHref({ ...state, inStock: !state.inStock, pages: 1 })}
              chosen={state.inStock}
              count={inStock}
              atLeast={isPartial}
            >
              In stock
            </FacetLink>
          </ul>
        </Group>
      </QuickChoices>
    </aside>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details open className="border-b border-line py-4 last:border-b-0 lg:first-of-type:pt-0">
      <summary className="min-h-6 cursor-pointer font-medium">{title}</summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}

interface ValuesProps {
  state: ListState;
  kind: "categories" | "colours" | "materials";
  facets: readonly (Facet & { swatch?: string | null })[];
  /** Not everything was counted. */
  atLeast?: boolean;
}

function Values({ state, kind, facets, atLeast = false }: ValuesProps) {
  if (facets.length === 0) return <p className="text-sm text-muted">Nothing to choose from here</p>;
  const link = ({ value, name, count, swatch }: ValuesProps["facets"][number]) => (
    <FacetLink
      key={value}
      href={listHref(toggle(state, kind, value))}
      chosen={state[kind].includes(value)}
      count={count}
      atLeast={atLeast}
      swatch={swatch}
    >
      {name}
    </FacetLink>
  );
  const more = facets.slice(SHOWN_MAX);
  return (
    <>
      <ul>{facets.slice(0, SHOWN_MAX).map(link)}</ul>
      {more.length > 0 && (
        <details open={more.some(({ value }) => state[kind].includes(value))}>
          <summary className="min-h-6 cursor-pointer text-sm text-muted underline underline-offset-3">
            {more.length} more
          </summary>
          <ul>{more.map(link)}</ul>
        </details>
      )}
    </>
  );
}
