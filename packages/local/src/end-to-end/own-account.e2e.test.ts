/** What a shopper does to their own account: another name and address, saved addresses, and the end of it. */
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { accessible } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { linkInMail } from "./inbox.ts";
import { setUpStage } from "./stage.ts";
import { register, signInByForm } from "./visitor.ts";

const PASSWORD = "a long enough password";

const stage = setUpStage();

it("a shopper moves to another e-mail address with the link in the mail, saves an address, and deletes the account", async (context) => {
  const browser = stage.browser(context);
  const { storefront: shop, admin } = stage.system.urls;
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const email = await register(page, shop, "Mona");
  const next = email.replace("mona", "moira");

  await page.goto(`${shop}/account/profile`);
  await page.getByLabel("Your name").fill("Mona Reyes");
  await page.getByRole("button", { name: "Save the name" }).click();
  await page.getByText("Your name is saved.").waitFor();
  const move = page.getByRole("region", { name: "E-mail address" });
  await move.getByLabel("New e-mail address").fill(next);
  await move.getByLabel("Your password").fill("not the password");
  await move.getByRole("button", { name: "Send me the link" }).click();
  await move.getByText("This is not the password of your account.").waitFor();
  await accessible(page);
  await move.getByLabel("Your password").fill(PASSWORD);
  await move.getByRole("button", { name: "Send me the link" }).click();
  await move.getByRole("heading", { name: "Check your mail" }).waitFor();

  const inbox = await atConsole(browser, admin, "/mail", "viewer");
  const link = await linkInMail(inbox, admin, new RegExp(`Confirm the new address.*${next}`));
  await inbox.getByRole("tab", { name: "HTML, 390 px" }).click();
  await inbox.frameLocator("iframe").getByRole("link", { name: "Use this address" }).waitFor();
  const signedOut = await (await browser.newContext()).newPage();
  await signedOut.goto(link);
  await signedOut.getByRole("heading", { name: "Sign in first" }).waitFor();
  await signedOut.context().close();
  await page.goto(link);
  await accessible(page);
  await page.getByRole("button", { name: "Use this address" }).click();
  await page.getByRole("heading", { name: "Your address is changed" }).waitFor();
  await page.getByRole("button", { name: "Sign in" }).click();
  await signInByForm(page, next);
  await page.waitForURL(/\/account/);
  await page.getByText(next).waitFor();
  await linkInMail(inbox, admin, new RegExp(`The address of your Fernhill account has changed.*${email}`));

  await page.goto(`${shop}/account/addresses`);
  await page.getByText("No addresses yet").waitFor();
  await page.getByRole("button", { name: "Add an address" }).click();
  await page.getByRole("button", { name: "Save the address" }).click();
  await page.getByText("Enter a full name").waitFor();
  await accessible(page);
  await page.getByLabel("Full name").fill("Mona Reyes");
  await page.getByLabel("Street and number").fill("14 Rue des Lilas");
  await page.getByLabel("City").fill("Portland");
  await page.getByLabel("ZIP or postal code").fill("97205");
  await page.getByRole("button", { name: "Save the address" }).click();
  await page.getByText("The address is saved.").waitFor();
  await page.getByText("Default", { exact: true }).waitFor();
  await accessible(page);

  const [login] = await stage.db.query<{ id: string }>(sql`SELECT id FROM auth_users WHERE email = ${next}`);
  await page.goto(`${shop}/account/profile`);
  await page.getByRole("button", { name: "Delete my account…" }).click();
  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.getByText("Enter DELETE").waitFor();
  await accessible(page);
  const end = page.getByRole("region", { name: "Delete the account" });
  await end.getByLabel("Type DELETE to go on").fill("delete");
  await end.getByLabel("Your password").fill(PASSWORD);
  await end.getByRole("button", { name: "Delete my account" }).click();
  await page.getByText("Your account is deleted").waitFor();
  await accessible(page);
  await page.goto(`${shop}/account`);
  await signInByForm(page, next);
  await page.getByRole("alert").getByText("That did not work.").waitFor();
  const left = await stage.db.query(sql`
    SELECT id FROM customers WHERE id = ${login?.id ?? ""} UNION ALL SELECT id FROM customer_addresses WHERE customer_id = ${login?.id ?? ""}`);
  expect(left).toEqual([]);
  for (const each of [page, inbox]) await each.context().close();
}, 120_000);
