/** A browser for tests: the machine's, or the one that npm brought. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, LaunchOptions } from "playwright-core";
import { childEnv } from "./child-env.ts";
import { findOnPath } from "./executables.ts";
import { readLocalSettings } from "./settings.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const NPM_BROWSER = "@sparticuz/chromium";
/** NSS and NSPR, which Chromium needs and a machine without a browser does not have. */
const LIBRARIES = "al2023.tar.br";
const LAUNCH_TIMEOUT_MS = 60_000;
/** The sandbox needs rights that containers and root do not have; the pages under test are our own. */
const ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];

export interface BrowserProgram {
  readonly path: string;
  readonly args: readonly string[];
  /** Where the libraries lie that a bare machine lacks; searched before its own. */
  readonly libraryFolder?: string;
}

interface NpmBrowser {
  readonly default: { readonly args: readonly string[]; executablePath(): Promise<string> };
  /** Unpacks an archive of the package into the temporary folder; resolves to where. */
  inflate(archive: string): Promise<string>;
}

async function npmBrowser(): Promise<BrowserProgram | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  try {
    const entry = createRequire(import.meta.url).resolve(NPM_BROWSER);
    const { default: browser, inflate } = (await import(entry)) as NpmBrowser; // optional, so not imported by name
    const libraries = await inflate(join(dirname(entry), "..", "bin", LIBRARIES));
    return { path: await browser.executablePath(), args: browser.args, libraryFolder: join(libraries, "lib") };
  } catch {
    return undefined; // it is an optional package
  }
}

/** CHROMIUM_PATH, else a browser on PATH, else the one from npm (linux x64). */
export async function findBrowser(): Promise<BrowserProgram | undefined> {
  const { chromiumPath } = readLocalSettings();
  if (chromiumPath !== undefined) return { path: chromiumPath, args: [] };
  const path = findOnPath(...NAMES) ?? (existsSync(MAC_CHROME) ? MAC_CHROME : undefined);
  return path === undefined ? npmBrowser() : { path, args: [] };
}

export const NO_BROWSER =
  "Browser tests are skipped: no Chromium found (apt-get install chromium, or set CHROMIUM_PATH)";

/** A headless browser, or undefined when this machine has none; say `NO_BROWSER` and skip then. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const program = await findBrowser();
  return program && chromium.launch(launchOptions(program));
}

/** One with a profile in `folder`, whose preferences can be written there before. */
export async function launchWithProfile(folder: string): Promise<BrowserContext | undefined> {
  const program = await findBrowser();
  return program && chromium.launchPersistentContext(folder, launchOptions(program));
}

function launchOptions({ path, args, libraryFolder }: BrowserProgram): LaunchOptions {
  return {
    executablePath: path,
    headless: true,
    args: [...ARGUMENTS, ...args],
    timeout: LAUNCH_TIMEOUT_MS,
    ...(libraryFolder !== undefined && { env: childEnv({ LD_LIBRARY_PATH: libraryFolder }) }),
  };
}
