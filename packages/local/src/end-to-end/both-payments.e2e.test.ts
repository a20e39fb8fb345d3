/** Store credit and a card together: what each pays is said everywhere, and where one of them fails nothing is taken of the other. */
import type { Page } from "playwright-core";
import { expect, it, vi } from "vitest";
import { fits } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";
import {
  CARDS,
  fillDelivery,
  goOn,
  ask,
  goToCheckout,
  onOrderPage,
  orderButton,
  payByCard,
  readyToOrder,
  register,
} from "./visitor.ts";

const WAIT = { timeout: 30_000, interval: 200 };

const stage = setUpShopStage();

/** As another tab of this visitor does. */
async function command(page: Page, name: "open" | "deposit" | "withdraw", cents?: number): Promise<void> {
  const answer = await ask(page, `${stage.shop}/api/trpc/account.${name}`, {
    method: "POST",
    data: cents === undefined ? {} : { amount: { amount: cents, currency: "USD" } },
    headers: { origin: stage.shop, "idempotency-key": crypto.randomUUID() },
  });
  expect(`${answer.status()} ${await answer.text()}`).toMatch(/^200 /);
}

async function balance(page: Page): Promise<{ available: number; held: number }> {
  const answer = await ask(page, `${stage.shop}/api/trpc/account.balance`);
  const { result } = (await answer.json()) as { result: { data: Record<"available" | "held", { amount: number }> } };
  return { available: result.data.available.amount, held: result.data.held.amount };
}

const useCredit = (page: Page) => page.getByRole("checkbox", { name: /^Use my credit/ });
const howMuch = (page: Page) => page.getByLabel("How much of it, in dollars");
const centsOf = (text: string | null) => Math.round(Number((text ?? "").replace(/[^\d.]/g, "")) * 100);

it("card and credit together, one of them declined: the card, then the credit in another tab; then both pay", async (context) => {
  const page = await stage.visitor(context);
  const email = await register(page, stage.shop, "Ines");
  await command(page, "open");
  await command(page, "deposit", 500);
  await vi.waitFor(async () => expect((await balance(page)).available).toBe(500), WAIT);
  await goToCheckout(page, stage.shop, stage.item(0));
  await fillDelivery(page, CARDS.isDeclined);
  await page.getByRole("button", { name: "Edit payment" }).click();
  await useCredit(page).check();
  expect(await howMuch(page).inputValue()).toBe("5.00");
  await page.getByText(/^\$5\.00 from your credit, \$[\d.,]+ on your card$/).waitFor();
  await fits(page);
  await goOn(page);
  await readyToOrder(page);
  await page.getByText(/^\$5\.00 from your credit, \$[\d.,]+ on Visa ending 0002$/).waitFor();
  const total = centsOf(await page.getByTestId("checkout-total").textContent());
  expect(centsOf(await page.getByTestId("paid-card").textContent())).toBe(total - 500);

  await orderButton(page).click();
  await page.getByRole("heading", { name: "Your card was declined" }).waitFor();
  await page.getByText("You were not charged, and your cart is as it was.").waitFor();
  expect([await useCredit(page).isChecked(), await howMuch(page).inputValue()]).toEqual([true, "5.00"]);
  await vi.waitFor(async () => expect(await balance(page)).toEqual({ available: 500, held: 0 }), WAIT);

  await payByCard(page);
  await command(page, "withdraw", 500);
  await orderButton(page).click();
  await page.getByText("You have no store credit left. Pay all of it by card.").first().waitFor();
  await command(page, "deposit", 300);
  await howMuch(page).fill("3");
  await goOn(page);
  await readyToOrder(page);
  await orderButton(page).click();
  await onOrderPage(page);
  expect(centsOf(await page.getByTestId("paid-credit").textContent())).toBe(300);
  expect(centsOf(await page.getByTestId("paid-card").textContent())).toBe(total - 300);
  await vi.waitFor(async () => expect(await balance(page)).toEqual({ available: 0, held: 0 }), WAIT);
  const { statuses, captures } = await stage.outcome(email);
  expect([statuses, captures]).toEqual([["cancelled", "confirmed"], 1]);
}, 180_000);
