/**
 * The data folder ("cluster") of the embedded Postgres: made once with its role and database.
 * No superuser password exists: the bootstrap goes through the single-user mode, so that
 * nobody on this machine can sign in as superuser.
 */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { giveTo } from "./account.ts";
import type { Account } from "./account.ts";
import type { PostgresBinaries } from "./binaries.ts";

export const OWNER = { role: "tillstream", password: "tillstream", database: "tillstream" } as const;
const SUPERUSER = "postgres";
const COPIED_DATABASE = "template1";
const MAJOR_VERSION = "18";
const INITDB_TIMEOUT_MS = 120_000;

/** One command a line, as the single-user mode wants it. What is granted on a function holds for databases that are copied afterwards. */
const BOOTSTRAP = [
  `CREATE ROLE ${OWNER.role} LOGIN CREATEDB CREATEROLE PASSWORD '${OWNER.password}'`,
  // To end the log of what was erased: packages/local/src/environment/database/rewrite.ts.
  `GRANT pg_signal_backend, pg_monitor, pg_checkpoint TO ${OWNER.role}`,
  `GRANT EXECUTE ON FUNCTION pg_switch_wal() TO ${OWNER.role}`,
  `CREATE DATABASE ${OWNER.database} OWNER ${OWNER.role}`,
];

function createCluster(
  binaries: PostgresBinaries,
  folder: string,
  account: Account | undefined,
  durable: boolean,
  first: readonly string[],
): void {
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, randomUUID(), { mode: 0o600 }); // initdb requires one; it is not kept
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  const options = { ...identity, timeout: INITDB_TIMEOUT_MS, stdio: "pipe" } as const;
  const initdb = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(durable ? [] : ["--no-sync"]),
  ];
  try {
    execFileSync(binaries.initdb, initdb, options);
    execFileSync(binaries.postgres, ["--single", "-D", folder, COPIED_DATABASE], {
      ...options,
      input: `${[...first, ...BOOTSTRAP].join("\n")}\n`,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A folder of another account cannot be looked into; it is taken for a cluster, and refused later. */
function hasCluster(folder: string): boolean {
  try {
    return readdirSync(folder).includes("PG_VERSION");
  } catch {
    return true;
  }
}

/** Says why an existing folder cannot be used, before Postgres says it in its own words. */
function assertUsable(folder: string, account: Account | undefined): void {
  const { uid } = statSync(folder);
  if (account === undefined && process.getuid !== undefined && uid !== process.getuid()) {
    throw new Error(
      `${folder} belongs to another account (was it made as root?). Start as that account, or delete the folder.`,
    );
  }
  if (account !== undefined && uid !== account.uid) giveTo(account, folder);
  const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR_VERSION) {
    throw new Error(
      `${folder} was made by Postgres ${version}, and this is ${MAJOR_VERSION}. Start afresh with: npm run reset`,
    );
  }
}

/**
 * Creates the cluster when it does not exist. It is built beside its place and moved there when it is
 * whole, so that a start that was killed midway leaves nothing that looks like data.
 *
 * @param first commands of the superuser in the database that all others are copied from
 */
export function ensureCluster(
  binaries: PostgresBinaries,
  folder: string,
  account: Account | undefined,
  durable: boolean,
  log: (line: string) => void,
  first: readonly string[] = [],
): void {
  if (existsSync(folder) && hasCluster(folder)) return assertUsable(folder, account);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} holds something that is not a Postgres data folder`);
  log("creating the postgres data folder");
  const building = `${folder}.new`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(building, account.uid, account.gid);
  createCluster(binaries, building, account, durable, first);
  rmSync(folder, { recursive: true, force: true });
  renameSync(building, folder);
}
