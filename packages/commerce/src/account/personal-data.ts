import type { PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";

/** What was paid in and out. It names no person, so it stays: the books have to add up. */
export const storeCredit: PersonalData = {
  name: "storeCredit",
  tables: [],
  find: (db, { id }) =>
    db.query(sql`
      SELECT type, amount, balance, currency, order_id AS "orderId", at
      FROM account_statement WHERE account_id = ${id} ORDER BY version`),
  erase: async () => 0,
};
