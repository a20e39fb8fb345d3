/** Plain CRUD: an UPDATE is the whole feature (docs/adr/0007). The login goes by the same name. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

interface Profile {
  readonly name: string;
  readonly email: string;
}

export const NOT_FOUND = refuse("notFound", "PROFILE_NOT_FOUND", "This login has no profile.");

export async function readProfile(db: SqlExecutor, id: string): Promise<Profile> {
  const [profile] = await db.query<Profile>(sql`SELECT name, email FROM customers WHERE id = ${id}`);
  if (profile === undefined) throw NOT_FOUND;
  return profile;
}

export async function renameProfile(db: SqlExecutor, id: string, name: string): Promise<Profile> {
  const [profile] = await db.query<Profile>(sql`
    WITH customer AS (UPDATE customers SET name = ${name} WHERE id = ${id} RETURNING user_id, name, email),
      login AS (UPDATE auth_users SET name = customer.name, updated_at = now() FROM customer WHERE id = customer.user_id)
    SELECT name, email FROM customer`);
  if (profile === undefined) throw NOT_FOUND;
  return profile;
}
