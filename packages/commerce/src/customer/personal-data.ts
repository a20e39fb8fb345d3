import type { PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

const CHUNK_ROWS = 1_000;

/** Name and address as the shop knows them. */
export const profile: PersonalData = {
  name: "profile",
  tables: ["customers"],
  find: (db, { id }) => db.query(sql`SELECT name, email, created_at AS "since" FROM customers WHERE id = ${id}`),
  erase: async (tx, { id }) => (await tx.query(sql`DELETE FROM customers WHERE id = ${id} RETURNING id`)).length,
};

/** The login and its sessions. Its password is kept as a hash, which is never shown. */
export const login: PersonalData = {
  name: "login",
  tables: ["auth_users", "auth_sessions", "auth_credentials", "auth_verifications"],
  find: (db, { id }) =>
    db.query(sql`
      SELECT name, email, created_at AS "since",
             (SELECT coalesce(jsonb_agg(jsonb_build_object('signedIn', created_at, 'address', ip_address, 'browser', user_agent) ORDER BY created_at), '[]')
              FROM auth_sessions WHERE user_id = auth_users.id) AS sessions
      FROM auth_users WHERE id = ${id}`),
  /** Sessions and password go with it. */
  erase: async (tx, { id, email }) => {
    await tx.query(sql`DELETE FROM auth_verifications WHERE value = ${id} OR lower(identifier) = ${email}`);
    return (await tx.query(sql`DELETE FROM auth_users WHERE id = ${id} RETURNING id`)).length;
  },
};

/** Accounts that were not confirmed within 30 days and hold nothing: the owner of the address may not know of them. A bounded number at once. */
export async function pruneUnconfirmed(db: SqlExecutor): Promise<number> {
  const { length } = await db.query(sql`
    WITH gone AS (
      DELETE FROM auth_users WHERE id IN (
        SELECT id FROM auth_users AS login
        WHERE NOT email_verified AND role = 'shopper' AND created_at < now() - interval '30 days'
          AND NOT EXISTS (SELECT FROM auth_sessions WHERE user_id = login.id AND expires_at > now())
          AND NOT EXISTS (SELECT FROM orders WHERE customer_id = login.id)
          AND NOT EXISTS (SELECT FROM carts JOIN cart_lines ON cart_lines.cart_id = carts.id WHERE carts.customer_id = login.id)
          AND NOT EXISTS (SELECT FROM events WHERE stream_id = 'account-' || login.id)
        LIMIT ${CHUNK_ROWS} FOR UPDATE SKIP LOCKED)
      RETURNING id)
    DELETE FROM customers USING gone WHERE customers.id = gone.id RETURNING customers.id`);
  return length;
}

/** Sessions, and links to set a password, that are over; a bounded number at once. */
export async function pruneSessions(db: SqlExecutor): Promise<number> {
  const { length } = await db.query(sql`
    DELETE FROM auth_sessions WHERE id IN (SELECT id FROM auth_sessions WHERE expires_at < now() LIMIT ${CHUNK_ROWS})
    RETURNING id`);
  await db.query(sql`
    DELETE FROM auth_verifications WHERE id IN (SELECT id FROM auth_verifications WHERE expires_at < now() LIMIT ${CHUNK_ROWS})`);
  return length;
}
