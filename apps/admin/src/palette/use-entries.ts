"use client";
/** What the palette shows for what was typed: pages and actions at once, what the search finds when it answers. */
import type { NavGroup } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { failureOf } from "../console/failure.ts";
import { useTRPC } from "../console/trpc.ts";
import { useSettled } from "../console/use-settled.ts";
import { matchingEntries, type Entry } from "./entries.ts";

/** Of a word that is being typed, not each letter is asked for. */
const PAUSE_MS = 150;
const LENGTH_MIN = 2;

const ORDERS = "Orders";
/** Of more, the list of orders shows the rest. */
const ORDERS_MAX = 6;

const GROUPS: Readonly<Record<string, string>> = {
  order: ORDERS,
  customer: "Customers",
  product: "Products",
  event: "History",
  stream: "History",
  saga: "History",
  projection: "History",
  correlation: "History",
};

interface Entries {
  readonly entries: readonly Entry[];
  /** In a few words: what is under way, what was found. */
  readonly state: string;
}

export function useEntries(groups: readonly NavGroup[], typed: string): Entries {
  const trpc = useTRPC();
  const text = useSettled(typed.trim(), PAUSE_MS);
  const isAsked = text.length >= LENGTH_MIN;
  const options = { enabled: isAsked, placeholderData: keepPreviousData };
  const query = useQuery(trpc.search.find.queryOptions({ text }, options));
  const hits = isAsked ? query.data?.hits : undefined;
  const entries = useMemo(() => {
    const found = (hits ?? []).map(({ kind, title, detail, href }) => {
      return { group: GROUPS[kind] ?? "Other", title, detail, href };
    });
    const orders = found.filter(({ group }) => group === ORDERS);
    const all = {
      group: ORDERS,
      title: `All orders found by “${text}”`,
      href: `/orders?search=${encodeURIComponent(text)}`,
    };
    return [
      ...(orders.length > ORDERS_MAX ? [...orders.slice(0, ORDERS_MAX), all] : orders),
      ...found.filter(({ group }) => group !== ORDERS),
      ...matchingEntries(groups, typed),
    ];
  }, [groups, hits, text, typed]);
  const isWaiting = typed.trim().length >= LENGTH_MIN && (typed.trim() !== text || query.isFetching);
  return { entries, state: stateOf(isAsked ? query.error : null, isWaiting, entries.length, typed.trim()) };
}

function stateOf(error: unknown, isWaiting: boolean, count: number, typed: string): string {
  if (error !== null) return `The shop could not be searched: ${failureOf(error).message} Pages and actions are below.`;
  if (isWaiting) return "Searching …";
  if (typed === "") return "";
  if (count > 0) return "";
  return "Nothing has this name. Orders are found by number, e-mail or name, products by name or SKU; events, streams and runs by their whole id.";
}
