/** The console as its staff see it, in a browser. */
import type { Browser, Page } from "playwright-core";
import { LOCAL_PASSWORD } from "../seed/users.ts";
import { WIDE } from "./accessible.ts";
import { authenticate } from "./visitor.ts";

/** Opens this page of the console in a window of its own, signed in. @param admin where the console is */
export async function atConsole(
  inBrowser: Browser,
  admin: string,
  path: string,
  role: "viewer" | "operator" | "admin",
): Promise<Page> {
  const page = await (await inBrowser.newContext({ viewport: WIDE })).newPage();
  await authenticate(page, admin, "sign-in", { email: `${role}@tillstream.test`, password: LOCAL_PASSWORD });
  await page.goto(admin + path);
  return page;
}
