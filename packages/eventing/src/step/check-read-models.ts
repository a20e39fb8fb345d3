/**
 * Holds read models beside their events in the background, a part at a time and round after round, so that a row which somebody
 * or something changed by hand is found before a customer finds it. Only projections whose rows are of one stream each, and
 * streams of ordinary length: the rest is for `tillstream compare`.
 */
import { join, sql } from "@tillstream/runtime";
import type { Database, Loop, SqlExecutor } from "@tillstream/runtime";
import { Refusal } from "../event/refusal.ts";
import { readHistory } from "../rebuild/history.ts";
import type { Projection } from "../subscription/projection.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { compareProjection, leadingKeyOf } from "./compare.ts";
import type { Comparison, PartedRow } from "./compare.ts";

const EVERY_MS = 15_000;
/** Of the log: a few hundredths of a second of work for each projection. */
const EVENTS_A_TURN = 1_000;
const STREAM_EVENTS_MAX = 1_000;
/** Keys that were found parted and are looked at again each time, so that their alert ends soon after the rebuild. */
const FAULTS_LOOKED_AT = 50;

interface OfStreams extends Projection {
  readonly streamOf: (key: string) => string;
}

const isOfStreams = (projection: Projection): projection is OfStreams => projection.streamOf !== undefined;

/** The same part of the log for all of them. Each part is taken by one of the processes that run this. */
export const readModelChecks = (projections: readonly Projection[]): Loop => {
  const checked = projections.filter(isOfStreams);
  let hasFailed = false;
  return {
    name: "read model checks",
    intervalMs: EVERY_MS,
    async turn({ db, logger }) {
      const found = await checkPart(db, checked, EVERY_MS / 2, hasFailed);
      hasFailed = !hasFailed && found.some(({ error }) => error !== undefined);
      for (const { name, parted, error } of found) {
        if (error !== undefined)
          logger.warn({ projection: name, err: error }, "rows were not held beside their events");
        else if (parted > 0) logger.warn({ projection: name, parted }, "rows are not stored as the events have them");
      }
    },
  };
};

/** What was found of a projection, or why nothing could be. */
interface Checked {
  readonly name: string;
  readonly parted: number;
  readonly error?: unknown;
}

/**
 * The next part of the log, and what was found before.
 * @param pauseMs nothing is done when a part was begun so shortly before
 * @param isAgain a part in which one could not be compared is taken once more, and left then
 */
async function checkPart(
  db: Database,
  projections: readonly OfStreams[],
  pauseMs: number,
  isAgain: boolean,
): Promise<Checked[]> {
  const taken = await claimPart(db, projections, pauseMs);
  if (taken.length === 0) return [];
  const after = Math.min(...taken.map(({ position }) => position));
  const types = taken.flatMap(({ projection }) => [...catalogueOf(projection).definitions.keys()]);
  const page = await readHistory(db)(after, EVENTS_A_TURN, [...new Set(types)]);
  const parts = taken.map(({ projection, known }) => {
    const catalogue = catalogueOf(projection);
    const met = page.events.flatMap((event) => leadingKeyOf(projection, catalogue, event) ?? []);
    return { projection, keys: [...new Set([...known, ...met])] };
  });
  const long = await longStreams(db, parts);
  const checked: Checked[] = [];
  for (const { projection, keys } of parts) {
    const ordinary = keys.filter((key) => !long.has(projection.streamOf(key)));
    checked.push(await checkKeys(db, projection, ordinary));
  }
  if (!isAgain && checked.some(({ error }) => error !== undefined)) return checked;
  const next = page.to > after ? page.to : 0;
  const names = taken.map(({ projection }) => projection.name);
  await db.query(sql`UPDATE read_model_checks SET position = ${next} WHERE projection = ANY(${names}::text[])`);
  return checked;
}

/** One that cannot be compared keeps no other from it. Streams that are too long together are compared in halves. */
async function checkKeys(db: Database, projection: OfStreams, keys: readonly string[]): Promise<Checked> {
  const { name } = projection;
  if (keys.length === 0) return { name, parted: 0 };
  try {
    const found = await compareProjection(db, projection, { keys });
    await writeFaults(db, projection, keys, found);
    return { name, parted: found.parted };
  } catch (error) {
    if (!isTooLong(error) || keys.length === 1) return { name, parted: 0, error };
    const middle = keys.length / 2;
    const halves = [
      await checkKeys(db, projection, keys.slice(0, middle)),
      await checkKeys(db, projection, keys.slice(middle)),
    ];
    return {
      name,
      parted: halves.reduce((sum, { parted }) => sum + parted, 0),
      error: halves.find((half) => half.error)?.error,
    };
  }
}

const isTooLong = (error: unknown) => error instanceof Refusal && error.code === "HISTORY_TOO_LONG";

interface Claimed {
  readonly projection: OfStreams;
  /** The part begins after it. */
  readonly position: number;
  /** Keys of rows that parted before. */
  readonly known: readonly string[];
}

/** None where another process has just taken the part. */
async function claimPart(db: Database, projections: readonly OfStreams[], pauseMs: number): Promise<Claimed[]> {
  const names = projections.map(({ name }) => name).toSorted();
  const rows = await db.query<{ name: string; position: number; known: string[] }>(sql`
    INSERT INTO read_model_checks AS part (projection, begun_at) SELECT unnest(${names}::text[]), now()
    ON CONFLICT (projection) DO UPDATE SET begun_at = now()
      WHERE part.begun_at <= now() - ${pauseMs} * interval '1 ms' OR part.begun_at > now()
    RETURNING projection AS name, position, ARRAY(
      SELECT key FROM read_model_faults fault WHERE fault.projection = part.projection ORDER BY found_at LIMIT ${FAULTS_LOOKED_AT}) AS known`);
  const claimed = new Map(rows.map((row) => [row.name, row]));
  return projections.flatMap((projection) => {
    const row = claimed.get(projection.name);
    return row === undefined ? [] : [{ projection, position: row.position, known: row.known }];
  });
}

/** Those of the keys' streams. */
async function longStreams(
  db: SqlExecutor,
  parts: readonly { readonly projection: OfStreams; readonly keys: readonly string[] }[],
): Promise<ReadonlySet<string>> {
  const streams = parts.flatMap(({ projection, keys }) => keys.map((key) => projection.streamOf(key)));
  const long = await db.query<{ streamId: string }>(sql`
    SELECT stream_id AS "streamId" FROM events
    WHERE stream_id = ANY(${[...new Set(streams)]}::text[]) AND version = ${STREAM_EVENTS_MAX + 1}`);
  return new Set(long.map(({ streamId }) => streamId));
}

async function writeFaults(
  db: SqlExecutor,
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
  const forget = sql`DELETE FROM read_model_faults WHERE projection = ${name} AND key = ANY(${agreed}::text[])`;
  if (details.size === 0) return void (await db.query(forget));
  const found = [...details].map(([key, detail]) => sql`(${name}, ${key}, ${streamOf(key)}, ${detail})`);
  await db.query(sql`
    WITH forgotten AS (${forget})
    INSERT INTO read_model_faults (projection, key, stream_id, detail) VALUES ${join(found)}
    ON CONFLICT (projection, key) DO UPDATE SET detail = excluded.detail`);
}

/** Without values, which may be a person's. */
function detailOf({ table, stored, stepped, changes }: PartedRow): string {
  if (stored === null) return `a row of ${table} is missing`;
  if (stepped === null) return `a row of ${table} is of no event`;
  return `${[...new Set(changes.map(({ path }) => path.split("/")[1]))].join(", ")} of ${table}`;
}
