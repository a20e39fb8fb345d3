"use client";
/** A filter in the address whose value its list does not know: the list is shown without it, and the page says so. */
import { Banner, TextLink } from "@tillstream/ui";
import { usePathname, useSearchParams } from "next/navigation";
import { accountFilters } from "../accounts/account-filters.ts";
import { auditFilters } from "../audit/filters.ts";
import { eventFilters } from "../events/filters.ts";
import { deadLetterFilters } from "../links/dead-letters.ts";
import { orderFilters } from "../orders/order-filters.ts";
import { findingFilters } from "../reconciliation/finding-filters.ts";
import { sagaFilters } from "../sagas/saga-filters.ts";

interface Parser {
  parse(typed: string): unknown;
}

/** Of the lists that do not take every value. */
const lists: Readonly<Record<string, Readonly<Record<string, Parser>>>> = {
  "/accounts": accountFilters,
  "/audit": auditFilters,
  "/dead-letters": deadLetterFilters,
  "/events": eventFilters,
  "/orders": orderFilters,
  "/reconciliation": findingFilters,
  "/sagas": sagaFilters,
};

export function LeftOut() {
  const path = usePathname();
  const typed = [...useSearchParams()];
  const filters = new Map(Object.entries(lists[path] ?? {}));
  const leftOut = typed.filter(([name, value]) => value !== "" && filters.get(name)?.parse(value) === null);
  if (leftOut.length === 0) return null;
  const rest = new URLSearchParams(typed.filter((each) => !leftOut.includes(each))).toString();
  return (
    <Banner
      tone="waiting"
      className="mb-4 wrap-anywhere"
      actions={
        <TextLink href={rest === "" ? path : `${path}?${rest}`} className="inline-flex min-h-6 items-center">
          Clear it
        </TextLink>
      }
    >
      {leftOut.map(([name, value]) => (
        <p key={name}>
          {name}={value} is not a filter that this list has; it is left out.
        </p>
      ))}
    </Banner>
  );
}
