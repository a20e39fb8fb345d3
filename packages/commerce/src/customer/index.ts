/** Customers are plain CRUD on purpose: a name and an address have no history worth keeping. */
import { defineModule } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { CustomerErased } from "./events.ts";
import { login, profile } from "./personal-data.ts";

export { finishErasures } from "./erase.ts";
export { customersRouter } from "./admin-router.ts";
export { personalRetention } from "./retention.ts";
export { profileRouter } from "./router.ts";
export { runErasures } from "./run-erasures.ts";

export const customerModule = defineModule<unknown>({
  name: "customer",
  events: [CustomerErased],
  personalData: [profile, login],
});

/** Makes the customer of a new login; the ids are the same. Again for the same login changes nothing. */
export async function registerCustomer(
  db: SqlExecutor,
  user: { id: string; email: string; name: string },
): Promise<void> {
  await db.query(sql`
    INSERT INTO customers (id, user_id, email, name) VALUES (${user.id}, ${user.id}, ${user.email}, ${user.name})
    ON CONFLICT (id) DO NOTHING`);
}
