/** What is kept of a customer, in words: what each kind is called, and what an erasure does to it. */
interface Kind {
  readonly one: string;
  readonly many: string;
  readonly what: string;
  /** Goes on from the count: "3 mails deleted". */
  readonly fate: string;
}

const kinds: Readonly<Record<string, Kind | undefined>> = {
  orders: {
    one: "order",
    many: "orders",
    what: "with addresses, e-mail and what was paid with",
    fate: "stripped of name, address, e-mail and card token; lines and amounts stay",
  },
  orderNotes: {
    one: "note",
    many: "notes",
    what: "that staff wrote about their orders",
    fate: "deleted",
  },
  mails: { one: "mail", many: "mails", what: "that the shop wrote to them", fate: "deleted" },
  carts: { one: "cart", many: "carts", what: "of theirs, open and ordered", fate: "deleted" },
  savedAddresses: { one: "saved address", many: "saved addresses", what: "for their next orders", fate: "deleted" },
  profile: { one: "profile", many: "profiles", what: "with name and e-mail", fate: "deleted" },
  login: { one: "login", many: "logins", what: "with its password and sessions", fate: "deleted" },
  linkRequests: {
    one: "link request",
    many: "link requests",
    what: "for an order's page, not answered yet",
    fate: "deleted",
  },
  storeCredit: {
    one: "movement of store credit",
    many: "movements of store credit",
    what: "without a name in them",
    fate: "kept: they name nobody, and the books have to add up",
  },
};

export interface Kept {
  /** As the module that keeps it calls it. */
  readonly kind: string;
  readonly count: number;
  /** "3 orders". */
  readonly title: string;
  /** "Orders". */
  readonly label: string;
  readonly what: string;
  readonly fate: string;
}

/** One for each kind, those with words first; one without is called as its module calls it. */
export function keptOf(counts: Readonly<Record<string, number>>): readonly Kept[] {
  const order = Object.keys(kinds);
  return Object.entries(counts)
    .toSorted(([one], [other]) => rank(order, one) - rank(order, other))
    .map(([kind, count]) => {
      const { one, many, what, fate } = kinds[kind] ?? { one: kind, many: kind, what: "", fate: "deleted" };
      const noun = count === 1 ? one : many;
      const title = `${count.toLocaleString("en-US")} ${noun}`;
      return { kind, count, title, label: noun.charAt(0).toUpperCase() + noun.slice(1), what, fate };
    });
}

const rank = (order: readonly string[], kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length);

/** "1 order is under way: its address goes when it has left or is cancelled." Undefined when none is. */
export function underWayWords(count: number): string | undefined {
  if (count === 0) return undefined;
  if (count === 1) return "1 order is under way: its address goes when it has left or is cancelled.";
  return `${count.toLocaleString("en-US")} orders are under way: their addresses go when they have left or are cancelled.`;
}
