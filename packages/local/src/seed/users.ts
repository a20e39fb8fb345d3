/** The logins of the local environment. Never made anywhere else. */
import { registerCustomer } from "@tillstream/commerce";
import { createPool, poolDatabase } from "@tillstream/db";
import { InvalidSettingsError, sql, uuidGenerator } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { createAuth } from "@tillstream/trpc";
import type { Role, SessionUser } from "@tillstream/trpc";
import type pg from "pg";

const SHOPPER_EMAIL = "shopper@tillstream.test";
export const LOCAL_PASSWORD = "tillstream-demo";

export const localUsers: readonly { email: string; name: string; role: Role }[] = [
  { email: SHOPPER_EMAIL, name: "Sam Shopper", role: "shopper" },
  { email: "viewer@tillstream.test", name: "Vera Viewer", role: "viewer" },
  { email: "operator@tillstream.test", name: "Omar Operator", role: "operator" },
  { email: "admin@tillstream.test", name: "Ada Admin", role: "admin" },
];

/** Signs them up through better-auth, so that the passwords are hashed as any other. */
export async function seedUsers(pool: pg.Pool, db: Database, secret: string): Promise<void> {
  const auth = createAuth({ pool, secret, cookiePrefix: "seed", signUp: true, ids: uuidGenerator });
  for (const { email, name, role } of localUsers) {
    const known = await db.query(sql`SELECT FROM auth_users WHERE email = ${email}`);
    if (known.length > 0) continue;
    const { user } = await auth.api.signUpEmail({ body: { email, name, password: LOCAL_PASSWORD } });
    await db.query(sql`UPDATE auth_users SET role = ${role}, email_verified = true WHERE id = ${user.id}`);
    if (role === "shopper") await registerCustomer(db, user);
  }
}

/** The seeded shopper as a session has it. */
export async function localShopper(db: Database): Promise<SessionUser> {
  const rows = await db.query<SessionUser>(
    sql`SELECT id, email, name, role FROM auth_users WHERE email = ${SHOPPER_EMAIL}`,
  );
  const shopper = rows[0];
  if (shopper === undefined) throw new Error("the shopper was not seeded");
  return shopper;
}

/** Throws `InvalidSettingsError`, which names each login of the local environment that is in this database. */
export async function refusePublishedLogins(url: string): Promise<void> {
  const pool = createPool({ url, max: 1, applicationName: "start" });
  try {
    const emails = localUsers.map(({ email }) => email);
    const there = await poolDatabase(pool).query<{ email: string }>(
      sql`SELECT email FROM auth_users WHERE email = ANY(${emails}::text[]) ORDER BY email`,
    );
    if (there.length === 0) return;
    const names = there.map(({ email }) => `  ${email}: delete it, or give it another password and address`);
    throw new InvalidSettingsError(
      `NODE_ENV is production, and anyone may read the password of these logins:\n${names.join("\n")}`,
    );
  } finally {
    await pool.end();
  }
}
