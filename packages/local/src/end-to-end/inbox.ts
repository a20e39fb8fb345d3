/** The local inbox, as the console shows it in a browser. */
import type { Page } from "playwright-core";
import { vi } from "vitest";

const ARRIVES_MS = 30_000;

/** Opens the newest mail whose subject and address, in that order, are such, and gives the first link in it. */
export async function linkInMail(inbox: Page, admin: string, named: RegExp): Promise<string> {
  const mail = inbox.getByRole("link", { name: named }).first();
  await vi.waitUntil(
    async () => {
      await inbox.goto(`${admin}/mail`);
      await inbox.getByRole("heading", { level: 1 }).waitFor();
      return (await mail.count()) > 0;
    },
    { timeout: ARRIVES_MS, interval: 250 },
  );
  await mail.click();
  await inbox.getByRole("tab", { name: "Text" }).click();
  const link = inbox.getByRole("article").getByRole("link", { name: /^http/ });
  return (await link.first().getAttribute("href")) ?? "";
}
