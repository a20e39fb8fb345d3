import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

/** A time as texts tell it, whole and in UTC, so that a page can say it in the zone of who reads it: `2026-12-01 07:15:27 UTC`. */
export const timeInText = (at: Sql): Sql => sql`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC'`;
