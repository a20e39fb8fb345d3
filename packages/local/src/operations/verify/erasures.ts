/** Who was forgotten is: nothing of theirs came back, and nothing that was sealed for them opens. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

export const erasureInvariants = [
  inSql("erased-stay-erased", "a customer whose erasure is finished has no login, no address and no key", {
    population: sql`SELECT count(*)::int AS checked FROM erasures WHERE finished_at IS NOT NULL`,
    offenders: sql`
      SELECT customer_id || ': ' || kept.what AS id FROM erasures CROSS JOIN LATERAL (
        SELECT 'a profile' AS what FROM customers WHERE id = customer_id
        UNION ALL SELECT 'a login' FROM auth_users WHERE id = customer_id
        UNION ALL SELECT 'the address of order ' || orders.id FROM orders
          WHERE (orders.customer_id = erasures.customer_id OR orders.erasure = erasures.customer_id) AND orders.email IS NOT NULL
        UNION ALL SELECT 'a key' FROM subject_keys WHERE subject = customer_id AND wrapped IS NOT NULL
      ) kept
      WHERE finished_at IS NOT NULL ORDER BY 1`,
  }),
];
