/** Customers are plain CRUD on purpose: a name and an address have no history worth keeping. */
import { defineModule } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { savedAddresses } from "./addresses.ts";
import { CustomerErased } from "./events.ts";
import { finishErasures } from "./erase.ts";
import { login, profile, pruneSessions, pruneUnconfirmed } from "./personal-data.ts";

export { finishErasures } from "./erase.ts";
export { customersRouter } from "./admin-router.ts";
export { listCustomers } from "./list.ts";
export { addressesRouter, profileRouter } from "./router.ts";

const ERASURE_POLL_MS = 5_000;

/** `mailsConfirm`: whether new accounts are confirmed at all; without, one that is not says nothing. */
export const customerModule = defineModule<{ readonly mailsConfirm: boolean }>({
  name: "customer",
  events: [CustomerErased],
  commands: { erase: [CustomerErased] },
  personalData: [savedAddresses, profile, login],
  loops: (_, { personalData }) => [
    {
      name: "erasures",
      intervalMs: ERASURE_POLL_MS,
      turn: async ({ db }) => void (await finishErasures(db, personalData)),
    },
  ],
  deletions: ({ mailsConfirm }) => [pruneSessions, ...(mailsConfirm ? [pruneUnconfirmed] : [])],
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
