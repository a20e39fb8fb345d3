/** What an edited copy leaves as it is: a consumer would carry out for another stream what happened in this one. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** The fields of an event's data, as it was stored, that name its stream. */
export async function fieldsNamingStream(
  db: SqlExecutor,
  { eventId, streamId }: { readonly eventId: string; readonly streamId: string },
): Promise<readonly (readonly [field: string, value: string])[]> {
  const [event] = await db.query<{ data: object }>(sql`SELECT data FROM events WHERE event_id = ${eventId}`);
  return Object.entries(event?.data ?? {}).filter(
    ([, value]) => typeof value === "string" && value !== "" && `-${streamId}`.endsWith(`-${value}`),
  );
}
