/** What a stream's events had made of a projection's rows at one of its versions, beside what is there now. */
import { isDeepStrictEqual } from "node:util";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { changesBetween } from "../replay/replay.ts";
import type { StateChange } from "../replay/replay.ts";
import type { Projection } from "../subscription/projection.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { leadingKeysOf } from "./compare.ts";
import { idOf, keyedRow, onPrivateTables, rowsWritten, withLeadingKeys } from "./private-tables.ts";
import type { KeyedRow, Row } from "./private-tables.ts";
import { asTaken, historyOf, readUpTo } from "./select-events.ts";
import { pass } from "./step.ts";

const ROWS_LISTED_MAX = 20;

/** A row then and now. */
export interface RowThenAndNow {
  readonly table: string;
  readonly key: Row;
  /** Null where there was none yet. */
  readonly past: Row | null;
  /** Null where there is none any more. */
  readonly now: Row | null;
  readonly changes: readonly StateChange[];
}

export interface ReadModelAt {
  readonly projection: string;
  /** Other streams change these rows too: both sides have what this stream alone brought. Else `now` is what is stored. */
  readonly shared: boolean;
  /** How far the live projection has read. */
  readonly asOf: number;
  readonly rowCount: number;
  /** The first, those that differ before the others. */
  readonly rows: readonly RowThenAndNow[];
}

/** Undefined where the projection reads nothing of the stream. */
export async function readModelAt(
  db: Database,
  projection: Projection,
  streamId: string,
  version: number,
): Promise<ReadModelAt | undefined> {
  const catalogue = catalogueOf(projection);
  const shared = projection.streamOf === undefined;
  return onPrivateTables(db, projection, async (tx, shapes) => {
    const asOf = await readUpTo(tx, projection.name);
    const history = await historyOf(tx, [streamId], [...catalogue.definitions.keys()], asOf);
    if (history.length === 0) return undefined;
    const events = await asTaken(tx, projection, catalogue, history);
    await pass(
      tx,
      projection,
      catalogue,
      events.filter((event) => event.version <= version),
    );
    const past = (await rowsWritten(tx, shapes, -1)).rows;
    if (shared) {
      await pass(
        tx,
        projection,
        catalogue,
        events.filter((event) => event.version > version),
      );
      return {
        projection: projection.name,
        shared,
        asOf,
        ...sideBySide(past, (await rowsWritten(tx, shapes, -1)).rows),
      };
    }
    const keys = await leadingKeysOf(tx, projection, catalogue, streamId, asOf);
    const now: KeyedRow[] = [];
    for (const shape of shapes) {
      const stored = await tx.query<{ row: Row }>(
        sql`SELECT to_json(stored) AS "row" FROM ${shape.live} stored WHERE ${withLeadingKeys(shape, keys)}`,
      );
      now.push(...stored.map(({ row }) => keyedRow(shape, row)));
    }
    return { projection: projection.name, shared, asOf, ...sideBySide(past, now) };
  });
}

function sideBySide(past: readonly KeyedRow[], now: readonly KeyedRow[]): Pick<ReadModelAt, "rowCount" | "rows"> {
  const pairs = new Map<string, { past?: KeyedRow; now?: KeyedRow }>(past.map((row) => [idOf(row), { past: row }]));
  for (const row of now) pairs.set(idOf(row), { ...pairs.get(idOf(row)), now: row });
  const rows = [...pairs.values()].flatMap((pair): RowThenAndNow[] => {
    const of = pair.past ?? pair.now;
    if (of === undefined) return [];
    const [before, after] = [pair.past?.row ?? null, pair.now?.row ?? null];
    const changes = before === null || after === null ? [] : changesBetween(before, after);
    return [{ table: of.table, key: of.key, past: before, now: after, changes }];
  });
  const isSame = (row: RowThenAndNow) => isDeepStrictEqual(row.past, row.now);
  const sorted = rows.toSorted((one, other) => Number(isSame(one)) - Number(isSame(other)));
  return { rowCount: rows.length, rows: sorted.slice(0, ROWS_LISTED_MAX) };
}
