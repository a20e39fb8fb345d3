/**
 * Since which event a row is not stored as the events have it. Where a column once was what is stored, it is the first event that
 * made something else of it and after which it never was so again; otherwise the last that set it. Of a row that is not stored it is
 * the event that made it.
 */
import { isDeepStrictEqual } from "node:util";
import type { LoggedEvent } from "../store/read.ts";
import { idOf } from "./private-tables.ts";
import type { KeyedRow, Row } from "./private-tables.ts";
import type { ProjectionStep } from "./step.ts";

export interface Parting {
  /** Empty where the whole row is not stored. */
  readonly column: string;
  readonly eventId: string;
  readonly streamId: string;
  readonly version: number;
  readonly position: number;
  readonly type: string;
}

interface Column {
  agreed: boolean;
  event: LoggedEvent | undefined;
}

interface Parted extends Pick<KeyedRow, "table" | "key"> {
  readonly stepped: Row | null;
  readonly stored: Row | null;
}

const WHOLE = "";

export function createPartings(rows: readonly Parted[]) {
  const watched = new Map(rows.map((row) => [idOf(row), { stored: row.stored, columns: columnsOf(row) }]));
  return {
    see({ event, rows: changed }: ProjectionStep): void {
      for (const row of changed) {
        const one = watched.get(idOf(row));
        if (one === undefined || row.after === null) continue;
        for (const [name, column] of one.columns) note(column, name, { event, ...row, stored: one.stored });
      }
    },
    of(id: string): readonly Parting[] {
      return [...(watched.get(id)?.columns ?? [])].flatMap(([column, { event }]) =>
        event === undefined ? [] : [{ column, ...briefly(event) }],
      );
    },
  };
}

/** Those that differ. */
function columnsOf({ stepped, stored }: Parted): Map<string, Column> {
  if (stepped === null) return new Map();
  const names =
    stored === null ? [WHOLE] : Object.keys(stepped).filter((name) => !isDeepStrictEqual(stepped[name], stored[name]));
  return new Map(names.map((name) => [name, { agreed: false, event: undefined }]));
}

interface Seen {
  readonly event: LoggedEvent;
  readonly before: Row | null;
  readonly after: Row | null;
  readonly stored: Row | null;
}

function note(column: Column, name: string, { event, before, after, stored }: Seen): void {
  if (stored === null) {
    if (before === null) column.event = event;
    return;
  }
  if (before !== null && isDeepStrictEqual(before[name], after?.[name])) return;
  if (isDeepStrictEqual(after?.[name], stored[name])) {
    column.agreed = true;
    column.event = undefined;
  } else if (!column.agreed) column.event = event;
  else column.event ??= event;
}

function briefly({ eventId, streamId, version, position, type }: LoggedEvent): Omit<Parting, "column"> {
  return { eventId, streamId, version, position, type };
}
