import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/**
 * Until the transaction ends, nobody else who asks gives back money of this charge: what one is giving back at this moment another
 * does not take for money that still stands. The gateway alone does not keep them apart, since parts may have been given as credit.
 */
export async function lockCharge(tx: SqlExecutor, chargeId: string): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`settle:${chargeId}`}, 0))::text`);
}
