/** What a visitor of the shop does in a browser, step by step. */
import type { APIRequestContext, APIResponse, Page, Route } from "playwright-core";
import type { System } from "../testing/system.ts";

const PASSWORD = "a long enough password";

export interface Item {
  readonly sku: string;
  readonly slug: string;
  readonly name: string;
}

/** Items that are there, in the shop's order. */
export async function itemsInStock({ urls }: Pick<System, "urls">): Promise<Item[]> {
  const input = encodeURIComponent(JSON.stringify({ limit: 60 }));
  const answer = await fetch(`${urls.storefront}/api/trpc/catalogue.list?input=${input}`);
  const { result } = (await answer.json()) as { result: { data: { items: (Item & { stock: string })[] } } }; // tRPC's envelope
  return result.data.items.filter(({ stock }) => stock === "in");
}

/** Opens an item's page, puts it in the cart so many times, one click each, and goes to the checkout's first open step. */
export async function goToCheckout(page: Page, shop: string, item: Item, quantity = 1): Promise<void> {
  await page.goto(`${shop}/p/${item.slug}?sku=${item.sku}`);
  await putIn(page, quantity);
  await page.getByRole("link", { name: "Check out" }).click();
  await page.waitForURL(/\/checkout/);
  await continueButton(page).waitFor();
}

/** On an item's page. Leaves the cart's drawer open. */
export async function putIn(page: Page, quantity: number): Promise<void> {
  // Pressed before the page's code is there, the button is a form's, which leads to the cart.
  const more = page.getByRole("button", { name: /^One more of/, disabled: false });
  await more.waitFor();
  for (let count = 1; count < quantity; count += 1) await more.click();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("dialog", { name: "Your cart" }).waitFor();
}

export const orderButton = (page: Page) => page.getByRole("button", { name: /Place order · \$/ });

/** At this very moment, whatever another page does meanwhile. */
export const press = (page: Page): Promise<void> =>
  page.evaluate(
    `[...document.querySelectorAll("button")].find((one) => one.textContent.includes("Place order ·"))?.click()`,
  );

export async function readyToOrder(page: Page): Promise<void> {
  await page.locator("button:enabled", { hasText: /Place order · \$/ }).waitFor();
}

const continueButton = (page: Page) => page.getByRole("button", { name: /^Continue to / });

/** From a step of the checkout to the next one that is open. */
export const goOn = (page: Page): Promise<void> => continueButton(page).click();

/** The numbers of test cards. */
export const CARDS = { pays: "4242 4242 4242 4242", isDeclined: "4000 0000 0000 0002" } as const;

/** In the payment step; goes on to the review, which has looked at the cart by the end of this. */
export async function payByCard(page: Page, number: string = CARDS.pays): Promise<void> {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry date").fill("12/40");
  await page.getByLabel("Security code").fill("123");
  await page.getByLabel("Name on the card").fill("Ines Moreau");
  const looked = page.waitForResponse((response) => response.url().includes("cart.get"));
  await goOn(page);
  await page.getByText("Check what you entered and your order.").waitFor();
  await looked;
}

/** What was typed as the city, in the step where it can be changed. */
export async function typedCity(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Edit delivery" }).click();
  return page.getByLabel("City").inputValue();
}

/** In the delivery step. */
export async function fillAddress(page: Page): Promise<void> {
  await page.getByLabel("Street and number").fill("14 Rue des Lilas");
  await page.getByLabel("Postal code").fill("97205");
  await page.getByLabel("City").fill("Portland");
  await page.getByLabel(/^State/).fill("OR");
}

/** From the delivery step to the review. */
export async function fillDelivery(page: Page, card?: string): Promise<void> {
  await fillAddress(page);
  await goOn(page);
  await payByCard(page, card);
}

/** From the first step to the review. */
export async function fillAsGuest(page: Page, email: string, card?: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await goOn(page);
  await page.getByLabel("Full name").fill("Ines Moreau");
  await fillDelivery(page, card);
}

/** Creates an account and is signed in as it. Resolves to its e-mail address. */
export async function register(page: Page, shop: string, name: string): Promise<string> {
  const email = `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}@example.com`;
  await authenticate(page, shop, "sign-up", { name, email, password: PASSWORD });
  return email;
}

export function signIn(page: Page, shop: string, email: string): Promise<void> {
  return authenticate(page, shop, "sign-in", { email, password: PASSWORD });
}

/** @param app where the shop or the console is */
export async function authenticate(page: Page, app: string, way: "sign-up" | "sign-in", data: object): Promise<void> {
  const answer = await ask(page, `${app}/api/auth/${way}/email`, { method: "POST", data, headers: { origin: app } });
  if (!answer.ok()) throw new Error(`${way} answered ${answer.status()}: ${await answer.text()}`);
}

type Request = NonNullable<Parameters<APIRequestContext["fetch"]>[1]>;

/**
 * A request with the browser's session, beside its pages. A server closes what has been idle for five seconds, and may
 * do so just as the connection is used again (ECONNRESET): asked once more, on a new one.
 */
export function ask(page: Page, url: string, request?: Request): Promise<APIResponse> {
  return page.context().request.fetch(url, { maxRetries: 1, ...request });
}

/** On the sign-in page, by hand. */
export async function signInByForm(page: Page, email: string): Promise<void> {
  await page.waitForURL(/\/login/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The order's page, once the order is confirmed. Resolves to the order's id. */
export async function onOrderPage(page: Page): Promise<string> {
  await page.waitForURL(/\/orders\/[\w-]{20,}/);
  await page.locator('[data-status="confirmed"], [data-status="shipped"]').first().waitFor();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** The shop carries it out, and the answer gets lost. */
export async function carriedOutAndLost(route: Route): Promise<void> {
  await route.fetch();
  await route.abort();
}

/** The order is placed, and the page can reach nothing afterwards. */
export async function loseTheAnswer(page: Page): Promise<void> {
  await page.route("**/checkout.placeOrder", carriedOutAndLost);
  await page.route("**/api/trpc/cart.get**", (route) => route.abort());
  await orderButton(page).click();
  await page.getByText("We do not know yet whether your order went through").waitFor();
}
