/** The discount codes of the seeded shop. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** A tenth off, once for each customer. */
export const SEEDED_CODE = "WELCOME10";

const CODES = [
  { code: SEEDED_CODE, kind: "percent", value: 10, minimum: 0, usesMax: null },
  { code: "HOME15", kind: "amount", value: 1_500, minimum: 7_500, usesMax: 500 },
] as const;

export async function seedDiscounts(db: SqlExecutor): Promise<void> {
  await db.query(sql`
    INSERT INTO discount_codes (code, kind, value, minimum, uses_max)
    SELECT code, kind, value, minimum, "usesMax"
    FROM jsonb_to_recordset(${JSON.stringify(CODES)}::jsonb) AS row(code text, kind text, value int, minimum int, "usesMax" int)`);
}
