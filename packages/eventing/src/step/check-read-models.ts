/**
 * Holds read models beside their events in the background, a part at a time and round after round, so that a row which somebody
 * or something changed by hand is found before a customer finds it. Only projections whose rows are of one stream each, and
 * streams of ordinary length: the rest is for `tillstream compare`.
 */
import { join, sql } from "@tillstream/runtime";
import type { Database, Loop, SqlExecutor } from "@tillstream/runtime";
import { readHistory } from "../rebuild/history.ts";
import type { Projection } from "../subscription/projection.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { compareProjection, leadingKeyOf } from "./compare.ts";
import type { Comparison, PartedRow } from "./compare.ts";

const EVERY_MS = 10_000;
/** Of the log, for each projection: a few hundredths of a second of work. */
const EVENTS_A_TURN = 500;
const STREAM_EVENTS_MAX = 1_000;
/** Keys that were found parted and are looked at again each time, so that their alert ends soon after the rebuild. */
const FAULTS_LOOKED_AT = 50;

interface OfStreams extends Projection {
  readonly streamOf: (key: string) => string;
}

const isOfStreams = (projection: Projection): projection is OfStreams => projection.streamOf !== undefined;

const NOTHING = { parted: 0, rows: [] };

/** Each part is taken by one of the processes that run this. */
export const readModelChecks = (projections: readonly Projection[]): Loop => ({
  name: "read model checks",
  intervalMs: EVERY_MS,
  async turn({ db, logger }) {
    for (const projection of projections.filter(isOfStreams)) {
      const parted = await checkPart(db, projection, EVERY_MS / 2);
      if (parted > 0)
        logger.warn({ projection: projection.name, parted }, "rows are not stored as the events have them");
    }
  },
});

/**
 * The next part of the log, and what was found before. Gives how many rows part in it.
 * @param pauseMs nothing is done when a part was begun so shortly before
 */
async function checkPart(db: Database, projection: OfStreams, pauseMs: number): Promise<number> {
  const { name } = projection;
  const after = await claimPart(db, name, pauseMs);
  if (after === undefined) return 0;
  const catalogue = catalogueOf(projection);
  const page = await readHistory(db)(after, EVENTS_A_TURN, [...catalogue.definitions.keys()]);
  const known = await db.query<{ key: string }>(sql`
    SELECT key FROM read_model_faults WHERE projection = ${name} ORDER BY found_at LIMIT ${FAULTS_LOOKED_AT}`);
  const met = page.events.flatMap((event) => leadingKeyOf(projection, catalogue, event) ?? []);
  const keys = await ofOrdinaryLength(db, projection, [...new Set([...known.map(({ key }) => key), ...met])]);
  const found = keys.length === 0 ? NOTHING : await compareProjection(db, projection, { keys });
  await db.transaction(async (tx) => {
    await writeFaults(tx, projection, keys, found);
    const next = page.to > after ? page.to : 0;
    await tx.query(sql`UPDATE read_model_checks SET position = ${next} WHERE projection = ${name}`);
  });
  return found.parted;
}

/** The position after which the part begins; undefined where another process has just taken it. */
async function claimPart(db: Database, name: string, pauseMs: number): Promise<number | undefined> {
  const [claimed] = await db.query<{ position: number }>(sql`
    INSERT INTO read_model_checks AS part (projection, begun_at) VALUES (${name}, now())
    ON CONFLICT (projection) DO UPDATE SET begun_at = now()
      WHERE part.begun_at <= now() - ${pauseMs} * interval '1 ms' OR part.begun_at > now()
    RETURNING position`);
  return claimed?.position;
}

async function ofOrdinaryLength(
  db: SqlExecutor,
  { streamOf }: OfStreams,
  keys: readonly string[],
): Promise<readonly string[]> {
  const long = await db.query<{ streamId: string }>(sql`
    SELECT stream_id AS "streamId" FROM events
    WHERE stream_id = ANY(${keys.map((key) => streamOf(key))}::text[]) AND version = ${STREAM_EVENTS_MAX + 1}`);
  const left = new Set(long.map(({ streamId }) => streamId));
  return keys.filter((key) => !left.has(streamOf(key)));
}

async function writeFaults(
  tx: SqlExecutor,
  { name, streamOf }: OfStreams,
  keys: readonly string[],
  { rows, parted }: Pick<Comparison, "rows" | "parted">,
): Promise<void> {
  const details = new Map<string, string>();
  for (const row of rows) {
    const [key] = Object.values(row.key).map(String);
    if (key !== undefined && !details.has(key)) details.set(key, detailOf(row));
  }
  // Where more part than are listed, it is not known of which that is over.
  const agreed = parted > rows.length ? [] : keys.filter((key) => !details.has(key));
  await tx.query(sql`
    DELETE FROM read_model_faults WHERE projection = ${name} AND key = ANY(${agreed}::text[])`);
  if (details.size === 0) return;
  const found = [...details].map(([key, detail]) => sql`(${name}, ${key}, ${streamOf(key)}, ${detail})`);
  await tx.query(sql`
    INSERT INTO read_model_faults (projection, key, stream_id, detail) VALUES ${join(found)}
    ON CONFLICT (projection, key) DO UPDATE SET detail = excluded.detail`);
}

/** Without values, which may be a person's. */
function detailOf({ table, stored, stepped, changes }: PartedRow): string {
  if (stored === null) return `a row of ${table} is missing`;
  if (stepped === null) return `a row of ${table} is of no event`;
  return `${[...new Set(changes.map(({ path }) => path.split("/")[1]))].join(", ")} of ${table}`;
}
