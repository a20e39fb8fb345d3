/** Customers are plain CRUD on purpose: a name and an address have no history worth keeping. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export { profileRouter } from "./router.ts";

/** Makes the customer of a new login; the ids are the same. Again for the same login changes nothing. */
export async function registerCustomer(
  db: SqlExecutor,
  user: { id: string; email: string; name: string },
): Promise<void> {
  await db.query(sql`
    INSERT INTO customers (id, user_id, email, name) VALUES (${user.id}, ${user.id}, ${user.email}, ${user.name})
    ON CONFLICT (id) DO NOTHING`);
}

/** Links to set a password that are over. */
export async function pruneLoginLinks(db: SqlExecutor): Promise<void> {
  await db.query(sql`DELETE FROM auth_verifications WHERE expires_at < now()`);
}
