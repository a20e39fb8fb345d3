/**
 * Postgres refuses to run as root. As root, everything of Postgres runs under an unprivileged
 * account of the system: our own where it can be made, else one that every system has.
 */
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const ACCOUNT = "tillstream-postgres";
const FALLBACKS = ["postgres", "nobody"] as const;

/** Ways to make a system account, by distribution. The first that works is used. */
const MAKERS: readonly (readonly [string, readonly string[]])[] = [
  ["useradd", ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT]],
  ["adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", ACCOUNT]],
];

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Reads one account from the text of a passwd file; undefined when absent, or when it is root. */
export function findAccount(passwd: string, name: string): Account | undefined {
  for (const line of passwd.split("\n")) {
    const [entry, , uid, gid] = line.split(":");
    if (entry !== name || uid === undefined || gid === undefined) continue;
    return Number(uid) > 0 ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
  }
  return undefined;
}

const lookUp = (name: string): Account | undefined => findAccount(readFileSync("/etc/passwd", "utf8"), name);

function makeAccount(): Account | undefined {
  for (const [command, args] of MAKERS) {
    if (spawnSync(command, args, { stdio: "ignore" }).status === 0) return lookUp(ACCOUNT);
  }
  return undefined;
}

/** The account Postgres must run under, or undefined when this process is not root and may be it. */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = lookUp(ACCOUNT) ?? makeAccount() ?? FALLBACKS.map(lookUp).find((found) => found !== undefined);
  if (account === undefined) {
    throw new Error(
      `Postgres refuses to run as root, and no account for it could be made. Create one: useradd --system ${ACCOUNT}`,
    );
  }
  return account;
}

/** Whether `account` may enter `path` and every folder above it. */
export function canEnter(account: Account, path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Gives a folder and all in it to `account`. Symbolic links are left alone. */
export function giveTo(account: Account, path: string): void {
  if (!existsSync(path)) return;
  chownSync(path, account.uid, account.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) giveTo(account, child);
    else if (entry.isFile()) chownSync(child, account.uid, account.gid);
  }
}
