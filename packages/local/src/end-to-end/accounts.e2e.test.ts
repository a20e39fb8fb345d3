/** Coming in by way of one's mail: a forgotten password, an address that has an account already, an account that opens with a link. */
import type { Browser, Page } from "playwright-core";
import { expect, it } from "vitest";
import { accessible } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { linkInMail } from "./inbox.ts";
import { setUpStage } from "./stage.ts";
import { startSystem } from "../testing/system.ts";
import { register } from "./visitor.ts";

const PASSWORD = "a long enough password";
const ANEW = "another long password";

const stage = setUpStage();

const newPage = async (inBrowser: Browser): Promise<Page> => (await inBrowser.newContext()).newPage();

async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function fillSignUp(page: Page, shop: string, email: string): Promise<void> {
  await page.goto(`${shop}/register?next=/account/credit`);
  await page.getByLabel("Your name").fill("Ines Moreau");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();
}

it("a forgotten password is reset with the link in the mail, once, and looked at while it is typed", async (context) => {
  const browser = stage.browser(context);
  const { storefront: shop, admin } = stage.system.urls;
  const elsewhere = await newPage(browser);
  const email = await register(elsewhere, shop, "Rita");
  const page = await newPage(browser);
  await page.goto(`${shop}/login`);
  await page.getByRole("link", { name: "Set a new password" }).click();
  await page.getByRole("button", { name: "Send me the link" }).click();
  await page.getByText("Enter an e-mail address such as").waitFor();
  await accessible(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await accessible(page);

  const inbox = await atConsole(browser, admin, "/mail", "viewer");
  const link = await linkInMail(inbox, admin, new RegExp(`Set a new password.*${email}`));
  await page.goto(link);
  await page.getByText(email).waitFor();
  const password = page.getByLabel("New password");
  await password.fill("qwertyuiop");
  await page.getByRole("button", { name: "Show password" }).click();
  expect(await password.getAttribute("type")).toBe("text");
  await accessible(page);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await page.getByText("This is one of the passwords that are tried first.").waitFor();
  expect([await password.getAttribute("type"), await password.inputValue()]).toEqual(["password", "qwertyuiop"]);
  await password.fill(ANEW);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await page.getByRole("heading", { name: "Your new password is set" }).waitFor();
  await accessible(page);
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).first().click();
  await page.waitForURL(/\/login/);
  await fillSignIn(page, email, PASSWORD);
  await page.getByRole("alert").getByText("That did not work.").waitFor();
  await fillSignIn(page, email, ANEW);
  await page.waitForURL(/\/account/);

  await elsewhere.goto(`${shop}/account`);
  await elsewhere.waitForURL(/\/login/);
  await elsewhere.goto(link);
  await elsewhere.getByRole("heading", { name: "This link no longer works" }).waitFor();
  await accessible(elsewhere);
  await elsewhere.getByRole("link", { name: "Get a new link" }).click();
  await elsewhere.getByRole("button", { name: "Send me the link" }).waitFor();
  for (const each of [page, elsewhere, inbox]) await each.context().close();
}, 120_000);

it("to register with an address that has an account shows what a new one would see, and its owner reads of it", async (context) => {
  const browser = stage.browser(context);
  const { storefront: shop, admin } = stage.system.urls;
  const email = await register(await newPage(browser), shop, "Kit");
  const page = await newPage(browser);
  await fillSignUp(page, shop, email);
  await page.getByText(`We wrote to ${email}: follow the link in the mail to finish.`).waitFor();
  await accessible(page);
  const inbox = await atConsole(browser, admin, "/mail", "viewer");
  const link = await linkInMail(inbox, admin, new RegExp(`You have a Fernhill account already.*${email}`));
  expect(link).toBe(`${shop}/login`);
  await accessible(inbox);
  for (const each of [page, inbox]) await each.context().close();
}, 90_000);

it("where mails confirm, an account opens with the link, which leads to where its owner was going", async (context) => {
  const browser = stage.browser(context);
  await using confirming = await startSystem({ env: { SIGN_UP_CONFIRMATION: "mail" } });
  const { storefront: shop, admin } = confirming.urls;
  const email = "nora@example.com";
  const page = await newPage(browser);
  await fillSignUp(page, shop, email);
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await page.getByRole("button", { name: "Send it again" }).click();
  await page.getByText("another mail is on the way").waitFor();
  await accessible(page);
  const inbox = await atConsole(browser, admin, "/mail", "viewer");
  const link = await linkInMail(inbox, admin, new RegExp(`Confirm your address.*${email}`));
  const mailed = new URL(link);
  expect([mailed.origin, mailed.pathname]).toEqual([new URL(shop).origin, "/confirm"]);
  await page.goto(`${shop}/login`);
  await fillSignIn(page, email, PASSWORD);
  await page.getByRole("alert").getByText("follow the link in our mail first").waitFor();
  await page.goto(link);
  const password = page.getByLabel("Password");
  await password.fill("what a stranger chose");
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.getByRole("alert").getByText("not the password that the account was opened with").waitFor();
  await accessible(page);
  await password.fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.waitForURL(`${shop}/account/credit`);
  await page.getByRole("link", { name: "Your account" }).first().waitFor();
  const later = await newPage(browser);
  await later.goto(`${shop}/confirm?token=over`);
  await later.getByText("This link no longer works").waitFor();
  await accessible(later);
  for (const each of [page, later, inbox]) await each.context().close();
}, 180_000);
