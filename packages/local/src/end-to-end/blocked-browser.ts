/** A browser in which the visitor has blocked site data: cookies are neither kept nor sent, and touching storage throws. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { launchWithProfile } from "../environment/browser.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

/** Chromium's number for "block". */
const BLOCK = 2;

/** Undefined when this machine has no browser. */
export async function launchBlockedBrowser(): Promise<BrowserContext | undefined> {
  const folder = temporaryFolder("blocked");
  mkdirSync(join(folder, "Default"), { recursive: true });
  const preferences = { profile: { default_content_setting_values: { cookies: BLOCK } } };
  writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(preferences));
  return launchWithProfile(folder);
}
