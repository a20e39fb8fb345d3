/**
 * Puts the rows that a stream's events make in the place of those that are stored, in the caller's transaction. It holds the
 * projection's checkpoint, as a release does (`dead-letters/locks.ts`), so that the live projection waits and no event is missed or
 * taken twice: those up to the checkpoint are in the rows, and the live projection goes on after it.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { lockProjection } from "../delivery/checkpoint.ts";
import { refuse } from "../event/refusal.ts";
import { describeTable, mergeRows } from "../rebuild/shadow.ts";
import type { Projection } from "../subscription/projection.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { leadingKeysOf } from "./compare.ts";
import { withLeadingKeys, withPrivateTables } from "./private-tables.ts";
import { asTaken, assertStream, historyOf, readUpTo } from "./select-events.ts";
import { pass } from "./step.ts";

const BATCH_EVENTS = 1_000;

export interface RebuiltStream {
  /** The position up to which events are in the rows. */
  readonly asOf: number;
  /** How many rows the stream has. */
  readonly rows: number;
}

/** Refuses a projection in which streams share rows, and a stream that does not exist. What waits as a dead letter goes on waiting. */
export async function rebuildStream(tx: SqlExecutor, projection: Projection, streamId: string): Promise<RebuiltStream> {
  const { name, streamOf } = projection;
  if (streamOf === undefined)
    throw refuse(
      "unprocessable",
      "ROWS_SHARED",
      `The rows of ${name} come from many streams, so one cannot be rebuilt by itself. Rebuild the projection.`,
    );
  await assertStream(tx, streamId);
  const catalogue = catalogueOf(projection);
  return withPrivateTables(tx, projection, async (shapes) => {
    const asOf = (await lockProjection(tx, name)) ?? 0;
    const keys = await leadingKeysOf(tx, projection, catalogue, streamId, asOf);
    const foreign = keys.find((key) => streamOf(key) !== streamId);
    if (foreign !== undefined)
      throw new Error(`${name}: an event of ${streamId} leads to ${foreign}, of another stream`);
    const events = await historyOf(tx, [streamId], [...catalogue.definitions.keys()], asOf);
    const taken = await asTaken(tx, projection, catalogue, events);
    for (let at = 0; at < taken.length; at += BATCH_EVENTS)
      await pass(tx, projection, catalogue, taken.slice(at, at + BATCH_EVENTS));
    let rows = 0;
    for (const shape of shapes) {
      await mergeRows(tx, shape, withLeadingKeys(shape, keys));
      const [held] = await tx.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM ${shape.shadow}`);
      rows += held?.count ?? 0;
    }
    return { asOf, rows };
  });
}

/** What is stored of a stream, for the audit: how many rows, and what they come to in short. */
export async function storedRows(
  db: SqlExecutor,
  projection: Projection,
  streamId: string,
): Promise<{ readonly rows: number; readonly digest: string }> {
  const keys = await leadingKeysOf(
    db,
    projection,
    catalogueOf(projection),
    streamId,
    await readUpTo(db, projection.name),
  );
  let rows = 0;
  const digests: string[] = [];
  for (const table of projection.tables) {
    const shape = await describeTable(db, table, "public");
    const [stored] = await db.query<{ count: number; digest: string }>(sql`
      SELECT count(*)::int AS count, md5(coalesce(string_agg(stored::text, E'\n' ORDER BY stored::text), '')) AS digest
      FROM ${shape.live} stored WHERE ${withLeadingKeys(shape, keys)}`);
    rows += stored?.count ?? 0;
    digests.push(stored?.digest ?? "");
  }
  return { rows, digest: digests.join(" ") };
}
