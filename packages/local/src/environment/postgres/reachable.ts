/**
 * As root, Postgres runs under an account that may not be able to enter the folder the project lies
 * in, such as /root. Its data and a copy of its binaries then live outside, and the data folder is
 * a link to there. Data whose link is gone is deleted data, and is removed by the next start.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../processes.ts";
import { canEnter } from "./account.ts";
import type { Account } from "./account.ts";
import { readPidFile } from "./postmaster.ts";

/** Only root writes here, so that other users cannot replace our binaries. */
const OUTSIDE_ROOT = "/var/lib/tillstream-postgres";
const DATA = "data";
/** Beside the data: the path of the link to it. */
const ORIGIN = "origin";

function linkTarget(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}

function isAbandoned(home: string): boolean {
  const origin = join(home, ORIGIN);
  if (!existsSync(origin) || linkTarget(readFileSync(origin, "utf8")) === join(home, DATA)) return false;
  const postmaster = readPidFile(join(home, DATA));
  return postmaster === undefined || !isAlive(postmaster.pid);
}

function pruneAbandoned(): void {
  for (const entry of readdirSync(OUTSIDE_ROOT)) {
    const home = join(OUTSIDE_ROOT, entry);
    if (isAbandoned(home)) rmSync(home, { recursive: true, force: true });
  }
}

/** Data that was made while the account could enter, such as before the project was moved. */
function moveData(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    cpSync(from, to, { recursive: true, preserveTimestamps: true }); // another file system
    rmSync(from, { recursive: true });
  }
}

/** Makes the way to `path` and returns the folder that Postgres can reach: `path` itself, or the one it links to. */
export function reachableFolder(path: string, account: Account | undefined): string {
  mkdirSync(dirname(path), { recursive: true });
  const linked = linkTarget(path);
  if (linked !== undefined) return linked;
  if (account === undefined || canEnter(account, dirname(path))) return path;

  mkdirSync(OUTSIDE_ROOT, { recursive: true, mode: 0o755 });
  pruneAbandoned();
  const home = join(OUTSIDE_ROOT, createHash("sha256").update(path).digest("hex").slice(0, 16));
  const outside = join(home, DATA);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { mode: 0o755 });
  writeFileSync(join(home, ORIGIN), path);
  if (existsSync(path)) moveData(path, outside);
  symlinkSync(outside, path);
  return outside;
}

/** A copy of the platform's package that every account can reach, made once for each version. */
export function reachableCopy(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }; // npm requires it
  const copy = join(OUTSIDE_ROOT, `${basename(folder)}-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(OUTSIDE_ROOT, { recursive: true, mode: 0o755 });
  const partial = `${copy}.${process.pid}`;
  cpSync(join(folder, "native"), join(partial, "native"), { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // otherwise another start made the same copy first
  }
  return copy;
}
