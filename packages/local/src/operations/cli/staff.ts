/** Logins of the people who run the shop, from a terminal: the console makes none, and only this makes the first. */
import { randomBytes } from "node:crypto";
import { readEnv, sql, uuidGenerator } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { createAuth } from "@tillstream/trpc";
import { authSettings } from "@tillstream/trpc/settings";
import { email } from "@tillstream/trpc/input";
import type pg from "pg";
import { asPerson } from "./as-person.ts";
import { UsageError } from "./moment.ts";

export const STAFF_ROLES = ["shopper", "viewer", "operator", "admin"] as const;
const PASSWORD_BYTES = 15;

export interface StaffOptions {
  readonly role: (typeof STAFF_ROLES)[number];
  readonly name: string;
  readonly reason: string;
}

/** Makes a login with a password that is shown once, or changes the role of one that is there: `shopper` takes all rights away. */
export async function setStaff(pool: pg.Pool, db: Database, typed: string, options: StaffOptions): Promise<void> {
  const address = email.safeParse(typed);
  if (!address.success) throw new UsageError(`Not an e-mail address: ${typed}`);
  const login = address.data.toLowerCase();
  const password = (await userId(db, login)) === undefined ? await signUp(pool, login, options.name) : undefined;
  const id = (await userId(db, login)) ?? "";
  const { role, reason } = options;
  await asPerson(db, "staff", `user:${id}`, reason, {
    state: (tx) => roleOf(tx, id),
    work: (tx) => tx.query(sql`UPDATE auth_users SET role = ${role}, email_verified = true WHERE id = ${id}`),
  });
  console.log(`${login} is ${role}`);
  if (password !== undefined) console.log(`Password, shown this once: ${password}`);
}

async function userId(db: SqlExecutor, login: string): Promise<string | undefined> {
  const [user] = await db.query<{ id: string }>(sql`SELECT id FROM auth_users WHERE email = ${login}`);
  return user?.id;
}

async function roleOf(db: SqlExecutor, id: string): Promise<{ role: string } | undefined> {
  const [user] = await db.query<{ role: string }>(sql`SELECT role FROM auth_users WHERE id = ${id}`);
  return user;
}

async function signUp(pool: pg.Pool, login: string, name: string): Promise<string> {
  const secret = readEnv(authSettings).APP_SECRET;
  const auth = createAuth({ pool, secret, cookiePrefix: "staff", signUp: true, ids: uuidGenerator });
  const password = randomBytes(PASSWORD_BYTES).toString("base64url");
  await auth.api.signUpEmail({ body: { email: login, name, password } });
  return password;
}
