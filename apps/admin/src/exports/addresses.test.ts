/** Every list of the console: what its address says and cannot be read is told, and the rest applies. */
import { expect, describe, it, test } from "vitest";
import { accountFilters } from "../accounts/account-filters.ts";
import { alertFilters } from "../alerts/alert-filters.ts";
import { auditFilters } from "../audit/filters.ts";
import { catalogueFilters } from "../catalogue/catalogue-filters.ts";
import { NO_PARTS, readableOf, unreadIn, type Parts } from "../console/address.ts";
import { customerFilters } from "../customers/customer-filters.ts";
import { discountFilters } from "../discounts/discount-filters.ts";
import { eventFilters, loadEventFilters } from "../events/filters.ts";
import { deadLetterFilters } from "../links/dead-letters.ts";
import { mailAddress } from "../mail/inbox-address.ts";
import { loadOrderFilters, orderFilters } from "../orders/order-filters.ts";
import { findingFilters } from "../reconciliation/finding-filters.ts";
import { returnFilters } from "../returns/return-filters.ts";
import { sagaFilters } from "../sagas/saga-filters.ts";
import { schemaAddress } from "../schemas/schema-address.ts";
import { itemFilters } from "../stock/item-filters.ts";
import { stockFilters } from "../stock/stock-filters.ts";
import { subscriptionAddress } from "../subscriptions/subscription-address.ts";
import { lists } from "./lists.ts";

const pages: Readonly<Record<string, Parts>> = {
  accounts: accountFilters,
  alerts: alertFilters,
  audit: auditFilters,
  catalogue: catalogueFilters,
  consumers: subscriptionAddress,
  customers: customerFilters,
  "dead-letters": deadLetterFilters,
  discounts: discountFilters,
  events: eventFilters,
  mail: mailAddress,
  orders: orderFilters,
  outbox: NO_PARTS,
  projections: subscriptionAddress,
  reconciliation: findingFilters,
  returns: returnFilters,
  sagas: sagaFilters,
  schemas: schemaAddress,
  stock: stockFilters,
  "the ledger of an item": itemFilters,
  workers: NO_PARTS,
};

const unread = (page: string, query: string) => unreadIn(pages[page] ?? expect.fail(), new URLSearchParams(query));
const namesOf = (page: string, query: string) => unread(page, query).map(({ name }) => name);

describe.each(Object.entries(pages))("%s", (page, parts) => {
  it.each(Object.keys(parts))("tells of a %s that it cannot read, with the rule", (name) => {
    for (const typed of ["%00", "x".repeat(1_001)])
      expect(unread(page, `${name}=${typed}`)).toEqual([
        { name, typed: decodeURIComponent(typed), rule: expect.stringMatching(/^must be /) },
      ]);
    expect(unread(page, `${name}=`)).toEqual([]);
    expect(unread(page, name === "min" ? "min=1&min=2" : `${name}=&${name}=`)).toMatchObject([{ name }]);
  });

  it.each(["cursor", "banana", "__proto__"])("tells of %s, which is no filter of it", (name) => {
    expect(unread(page, `${name}=x`)).toEqual([{ name, typed: "x", rule: expect.stringContaining("is no filter") }]);
  });
});

it("every list that is given as a file is among them, with the filters of its file", () => {
  const files = Object.entries(lists).filter(([name]) => name !== "announced-returns"); // a part of the returns' page
  expect(Object.keys(pages)).toEqual(expect.arrayContaining(files.map(([name]) => name)));
  for (const [name, { filters }] of files)
    expect(Object.keys(pages[name] ?? {})).toEqual(expect.arrayContaining(filters as string[]));
});

test.each([
  ["orders", "status=nonsense", ["status"]],
  ["orders", "status=Shipped&search=ada", ["status"]],
  ["orders", "sort=biggest&before=garbage", ["sort", "before"]],
  ["orders", "status=shipped&status=pending", ["status"]],
  ["events", "type=NoSuch&from=yesterday", ["from"]],
  ["events", "from=2026-01-31T10:00:00&to=2026-02-30T10:00:00Z", ["from", "to"]],
  ["events", "from=2026-01-31T10:00:00%2B02:00&payload=total", ["payload"]],
  ["sagas", "status=x&stuck=perhaps", ["status", "stuck"]],
  ["dead-letters", "view=all&status=open", ["view", "status"]],
  ["accounts", "min=0x10", ["min"]],
  ["accounts", "min=1e3", ["min"]],
  ["accounts", "min=-5", ["min"]],
  ["accounts", "min=12.345", ["min"]],
  ["accounts", "min=20000000000.01", ["min"]],
  ["accounts", "min=21474836.48", []],
  ["accounts", "min=12.50", []],
  ["stock", "low=1", ["low"]],
  ["reconciliation", "kind=x", ["kind"]],
  ["consumers", "sort=-lag", []],
  ["projections", "sort=size", ["sort"]],
])("/%s?%s is not read in %j", (page, query, names) => expect(namesOf(page, query)).toEqual(names));

it("says the rule, and what is left of the address", () => {
  const address = new URLSearchParams("status=nonsense&search=ada&sort=oldest&sort=newest&x=1");
  expect(unreadIn(orderFilters, address).map(({ rule }) => rule)).toEqual([
    "must be one of pending, confirmed, shipped, cancelled, attention",
    "is given more than once, and the first counts",
    "is no filter of this page, which has search, status, before, sort",
  ]);
  expect(readableOf(orderFilters, address).toString()).toBe("search=ada&sort=oldest");
});

it("the rest of the filter applies", () => {
  expect(loadOrderFilters("?status=nonsense&search=ada&sort=oldest")).toEqual({
    status: null,
    search: "ada",
    before: null,
    sort: "oldest",
  });
  expect(loadEventFilters("?from=yesterday&to=2026-01-31T10:00:00Z&type=OrderPlaced")).toMatchObject({
    from: null,
    to: new Date("2026-01-31T10:00:00Z"),
    type: "OrderPlaced",
  });
});
