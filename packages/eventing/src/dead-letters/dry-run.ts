/** What a retry of parked dead letters would meet: it reads each as its handler would get it, and calls no handler. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";

const READ_MAX = 1_000;

interface Parked {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
}

/** As a sentence; undefined where nothing is parked. Of many, the oldest are read. */
export async function dryRunOfRetry(
  db: SqlExecutor,
  catalogue: EventCatalogue,
  consumer: string,
): Promise<string | undefined> {
  const rows = await db.query<Parked>(sql`
    SELECT event.type, coalesce(letter.edited_version, event.schema_version) AS "schemaVersion", coalesce(letter.edited_data, event.data) AS data
    FROM dead_letters letter JOIN events event USING (event_id)
    WHERE letter.consumer = ${consumer} AND letter.status = 'parked' ORDER BY letter.position LIMIT ${READ_MAX + 1}`);
  if (rows.length === 0) return undefined;
  const read = rows.slice(0, READ_MAX);
  const failing = read.filter((event) => !isReadable(catalogue, event)).length;
  const all = rows.length > READ_MAX ? `more than ${READ_MAX}` : String(rows.length);
  return `would retry ${all}, ten a second, and stop soon after the first that fails; ${failing === 0 ? "all" : failing} of the ${read.length} that were read ${failing === 0 ? "pass" : "would fail"} the schema`;
}

function isReadable(catalogue: EventCatalogue, { type, data, schemaVersion }: Parked): boolean {
  try {
    catalogue.definitions.get(type)?.upcast(data, schemaVersion);
    return catalogue.definitions.has(type);
  } catch {
    return false;
  }
}
