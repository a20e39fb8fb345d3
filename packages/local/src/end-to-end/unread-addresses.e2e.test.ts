/** Addresses of the console with parts that cannot be read: each list says which, and goes by the rest. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";

const SHOWN_MS = 30_000;

const stage = setUpStage();

const notRead = (page: Page) => page.getByText("Part of this address was not read");

/** Of each list: what it does not read, and what it does. */
const LISTS: readonly (readonly [path: string, unread: readonly string[], read: string])[] = [
  ["/orders", ["status=nonsense", "before=garbage"], "sort=oldest"],
  ["/customers", ["after=garbage"], "search=ada"],
  ["/returns", ["before=garbage", "status=x"], ""],
  ["/catalogue", ["after=garbage"], "search=lamp"],
  ["/stock", ["low=perhaps"], "search=lamp"],
  ["/discounts", ["cursor=garbage"], ""],
  ["/accounts", ["min=0x10"], ""],
  ["/reconciliation", ["kind=x"], "status=open"],
  ["/mail", ["id=x"], ""],
  ["/events", ["from=yesterday", "cursor=garbage"], "type=NoSuch"],
  ["/sagas", ["status=x", "stuck=perhaps"], "sort=oldest"],
  ["/dead-letters", ["status=x", "before=1"], "view=letters"],
  ["/dead-letters", ["view=all"], ""],
  ["/projections", ["sort=size"], ""],
  ["/consumers", ["sort=size"], ""],
  ["/workers", ["state=gone"], ""],
  ["/schemas", ["type=OrderPlaced"], ""],
  ["/audit", ["to=tomorrow"], "action=orders.cancel"],
  ["/alerts", ["status=firing"], ""],
];

it("every list says which parts of its address it did not read, and the link without them leaves the rest", async (context) => {
  const { admin } = stage.system.urls;
  const page = await atConsole(stage.browser(context), admin, "/", "viewer");
  for (const [path, unread, read] of LISTS) {
    await page.goto(`${admin}${path}?${[...unread, read].filter(Boolean).join("&")}`);
    await notRead(page).waitFor({ timeout: SHOWN_MS });
    const told = page.locator("main li", { hasText: /: (?:must be|is no filter).+\.$/ });
    expect(await told.allInnerTexts(), path).toEqual(unread.map((part) => expect.stringContaining(`${part}: `)));
    await page.getByRole("link", { name: "Remove it" }).click();
    await notRead(page).waitFor({ state: "detached", timeout: SHOWN_MS });
    expect(page.url()).toBe(`${admin}${path}${read === "" ? "" : `?${read}`}`);
  }
  await page.goto(`${admin}/orders?status=nonsense&search=nobody-of-this-name`);
  await page.getByText("No order matches").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.context().close();
}, 240_000);

/** Of each page about one thing: an address that names none, and the way to the list. */
const UNKNOWN: readonly (readonly [path: string, list: string, href: string])[] = [
  ["/dead-letters/nope", "All open dead letters", "/dead-letters"],
  ["/dead-letters/999999999", "All open dead letters", "/dead-letters"],
  ["/events/nope", "All events", "/events"],
  ["/streams/nope", "All events", "/events"],
  ["/flow/nope", "All events", "/events"],
  ["/sagas/nope", "All sagas", "/sagas"],
  ["/orders/nope", "All orders", "/orders"],
  ["/customers/nope", "All customers", "/customers"],
  ["/catalogue/nope", "All products", "/catalogue"],
  ["/stock/nope", "All items", "/stock"],
  ["/incidents/nope", "All alerts", "/alerts"],
  ["/projections/nope", "All projections", "/projections"],
  ["/returns/nope", "Returns", "/returns"],
  ["/alerts/nope", "Alerts", "/alerts"],
];

it("what an address names and there is not is said to be not found, with the way to its list and nothing to try again", async (context) => {
  const { admin } = stage.system.urls;
  const page = await atConsole(stage.browser(context), admin, "/", "viewer");
  const main = page.locator("main");
  for (const [path, list, href] of [...UNKNOWN, [`/events/${"x".repeat(400)}`, "All events", "/events"] as const]) {
    await page.goto(`${admin}${path}`);
    const way = main.getByRole("link", { name: list, exact: true });
    await way.waitFor({ timeout: SHOWN_MS });
    expect([path, await way.getAttribute("href")]).toEqual([path, expect.stringMatching(`^${href}`)]);
    expect(await main.getByRole("button", { name: "Retry" }).count(), path).toBe(0);
    await main
      .getByRole("heading", { name: /not found/i })
      .first()
      .waitFor();
  }
  await fits(page);
  await page.context().close();
}, 120_000);

it("a page that begins elsewhere than in its list is gone, and its first page is one click away", async (context) => {
  const { admin } = stage.system.urls;
  const page = await atConsole(stage.browser(context), admin, "/", "viewer");
  for (const [path, name] of [
    ["/orders", "before"],
    ["/events", "before"],
    ["/sagas", "before"],
    ["/audit", "before"],
    ["/dead-letters?view=letters", "before"],
    ["/reconciliation", "before"],
    ["/returns", "before"],
    ["/discounts", "after"],
    ["/alerts", "after"],
    ["/accounts", "after"],
    ["/customers", "after"],
    ["/stock", "after"],
    ["/catalogue", "after"],
  ]) {
    const foreign = Buffer.from(JSON.stringify(["of no list", "x", "y"])).toString("base64url");
    await page.goto(`${admin}${path}${path?.includes("?") ? "&" : "?"}${name}=${foreign}`);
    await page.getByText("This page is gone").waitFor({ timeout: SHOWN_MS });
    await page.getByRole("link", { name: "From the beginning" }).click();
    await page.getByText("This page is gone").waitFor({ state: "detached", timeout: SHOWN_MS });
  }
  await page.context().close();
}, 240_000);
