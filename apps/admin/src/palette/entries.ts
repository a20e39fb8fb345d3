/** What the palette offers besides what a search finds: the console's pages, and where each action is begun. */
import type { NavItem } from "@tillstream/ui";

export interface Entry {
  /** "Order", "Page", "Action". */
  readonly group: string;
  readonly title: string;
  readonly detail?: string;
  readonly href: string;
}

const ACTIONS: readonly Omit<Entry, "group">[] = [
  { title: "Retry dead letters", href: "/dead-letters" },
  { title: "Pause or resume a projection", href: "/projections" },
  { title: "Rebuild a projection", href: "/projections" },
  { title: "Pause or resume a consumer", href: "/consumers" },
  { title: "Drain or resume a worker", href: "/workers" },
  { title: "Retry or undo a saga that failed", href: "/sagas?status=failed" },
  { title: "Reconcile with the payment gateway", href: "/reconciliation" },
  { title: "Cancel an order, or take one back", href: "/orders" },
  { title: "Refund a part of an order, or hold it", href: "/orders" },
  { title: "Edit a product, or change a price", href: "/catalogue" },
  { title: "Create a product", href: "/catalogue/new" },
  { title: "Receive or count stock", href: "/stock" },
  { title: "Give a customer store credit", href: "/customers" },
  { title: "Export or erase a customer's data", href: "/customers" },
  { title: "Export the audit", href: "/audit" },
];

interface Pages {
  readonly items: readonly Pick<NavItem, "href" | "label">[];
}

/** Pages and actions of which each word that was typed begins a word. */
export function matchingEntries(groups: readonly Pages[], typed: string): readonly Entry[] {
  const pages = groups.flatMap(({ items }) => items.map(({ href, label }) => ({ group: "Pages", title: label, href })));
  const actions = ACTIONS.map((action) => ({ group: "Actions", ...action }));
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return [...pages, ...actions].filter(({ title }) => {
    const begun = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => begun.some((part) => part.startsWith(word)));
  });
}
