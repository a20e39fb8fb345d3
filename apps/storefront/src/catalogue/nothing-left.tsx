import { EmptyState, LinkButton } from "@tillstream/ui";
import { cleared, listHref } from "./listing-address.ts";
import type { ListState } from "./listing-address.ts";

/** There is something, but nothing that has all that is asked for. */
export function NothingLeft({ state }: { state: ListState }) {
  return (
    <EmptyState
      title="Nothing has all of that"
      action={<LinkButton href={listHref(cleared(state))}>Clear all filters</LinkButton>}
    >
      Take one of the filters away to see more.
    </EmptyState>
  );
}
