/**
 * A projection taken event by event over a stream, a correlation or a stretch of the global order: what each event makes of its
 * rows, on private tables. What came before in the same streams is taken first, so that the rows are as they were then. Where
 * streams share rows, the rows have what these streams brought and nothing of the others.
 */
import { monotonicMs } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { applyBatch } from "../delivery/apply-batch.ts";
import { withResolutions } from "../dead-letters/resolutions.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import { refuse } from "../event/refusal.ts";
import type { TableShape } from "../rebuild/shadow.ts";
import { changesBetween } from "../replay/replay.ts";
import type { StateChange } from "../replay/replay.ts";
import type { LoggedEvent } from "../store/read.ts";
import { HandlerError } from "../subscription/handler-error.ts";
import type { Projection } from "../subscription/projection.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { idOf, onPrivateTables, rowsWritten } from "./private-tables.ts";
import type { KeyedRow, Row } from "./private-tables.ts";
import { assertStream, historyOf, readUpTo, selectEvents } from "./select-events.ts";
import type { StepScope } from "./select-events.ts";

/** Steps of one answer. */
export const STEPS_MAX = 1_000;
/** For one call: then it answers with what it has. */
const STEPPING_MS_MAX = 5_000;
const BATCH_EVENTS = 500;

/** A row that an event changed. */
export interface RowChange {
  readonly table: string;
  /** The columns of its primary key. */
  readonly key: Row;
  /** Null where there was none. */
  readonly before: Row | null;
  /** Null where it is gone. */
  readonly after: Row | null;
  readonly changes: readonly StateChange[];
}

/** One event and the rows that it changed. */
export interface ProjectionStep {
  readonly event: LoggedEvent;
  readonly rows: readonly RowChange[];
  /** Why the projection cannot take the event; then it is the last step. */
  readonly failure: string | null;
}

export interface Stepped {
  /** How far the live projection has read. */
  readonly asOf: number;
  /** Whether other streams change these rows too. */
  readonly shared: boolean;
  readonly steps: readonly ProjectionStep[];
  /** There are more events in the scope. */
  readonly truncated: boolean;
}

/** Reads only: the tables of the live projection stay as they are. */
export async function stepProjection(
  db: Database,
  projection: Projection,
  scope: StepScope,
  limit = STEPS_MAX,
): Promise<Stepped> {
  const catalogue = catalogueOf(projection);
  const types = [...catalogue.definitions.keys()];
  return onPrivateTables(db, projection, async (tx, shapes) => {
    const asOf = await readUpTo(tx, projection.name);
    if ("streamId" in scope) await assertStream(tx, scope.streamId);
    const selected = await selectEvents(tx, scope, types, limit + 1);
    const shown = selected.slice(0, limit);
    const streamIds = [...new Set(shown.map(({ streamId }) => streamId))];
    const history = await historyOf(tx, streamIds, types, shown.at(-1)?.position ?? 0);
    const events = await withResolutions(tx, projection.name, catalogue, history);
    const isShown = new Set(shown.map(({ position }) => position));
    const stepper = createStepper(tx, projection, catalogue, shapes);
    const { steps, isWhole } = await stepThrough(stepper, events, ({ position }) => isShown.has(position));
    const truncated = !isWhole || selected.length > limit;
    return { asOf, shared: projection.streamOf === undefined, steps, truncated };
  });
}

async function stepThrough(
  stepper: Stepper,
  events: readonly LoggedEvent[],
  isShown: (event: LoggedEvent) => boolean,
): Promise<{ readonly steps: readonly ProjectionStep[]; readonly isWhole: boolean }> {
  const until = monotonicMs() + STEPPING_MS_MAX;
  const steps: ProjectionStep[] = [];
  let unseen: LoggedEvent[] = [];
  for (const event of events) {
    if (!isShown(event)) {
      unseen.push(event);
      continue;
    }
    if (monotonicMs() > until) return { steps, isWhole: false };
    await stepper.pass(unseen);
    unseen = [];
    const step = await stepper.step(event);
    steps.push(step);
    if (step.failure !== null) return { steps, isWhole: true };
  }
  return { steps, isWhole: true };
}

/** Takes a projection along on private tables. */
export interface Stepper {
  /** Takes events without looking at what they do. */
  pass(events: readonly LoggedEvent[]): Promise<void>;
  step(event: LoggedEvent): Promise<ProjectionStep>;
}

export function createStepper(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  shapes: readonly TableShape[],
): Stepper {
  let rows = new Map<string, KeyedRow>();
  let written = -1;

  /** Brings `rows` up to date; what changed since it was. */
  async function look(): Promise<RowChange[]> {
    const found = await rowsWritten(tx, shapes, written);
    const next = new Map([...rows, ...found.rows.map((row) => [idOf(row), row] as const)]);
    const isGone = next.size > found.count;
    const all = isGone ? new Map((await rowsWritten(tx, shapes, -1)).rows.map((row) => [idOf(row), row])) : next;
    const gone = isGone ? [...rows.values()].filter((row) => !all.has(idOf(row))) : [];
    const changed = [
      ...found.rows.map((after) => changeOf(rows.get(idOf(after)), after)),
      ...gone.map((before) => changeOf(before, undefined)),
    ];
    rows = all;
    written = found.upTo;
    return changed.flatMap((change) => change ?? []);
  }

  return {
    async pass(events) {
      for (let at = 0; at < events.length; at += BATCH_EVENTS)
        await pass(tx, projection, catalogue, events.slice(at, at + BATCH_EVENTS));
      if (events.length > 0) await look();
    },
    async step(event) {
      try {
        await applyBatch(tx, projection, catalogue, [event]);
      } catch (error) {
        if (!(error instanceof HandlerError) || error.contended) throw error;
        return { event, rows: [], failure: error.message };
      }
      return { event, rows: await look(), failure: null };
    },
  };
}

/** Takes a batch; refuses where the projection cannot. */
export async function pass(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  events: readonly LoggedEvent[],
): Promise<void> {
  try {
    await applyBatch(tx, projection, catalogue, events);
  } catch (error) {
    if (!(error instanceof HandlerError) || error.contended) throw error;
    throw refuse(
      "unprocessable",
      "EVENT_NOT_TAKEN",
      `${projection.name} cannot take an event of this history: ${error.message}. Step through the stream to find which.`,
    );
  }
}

function changeOf(before: KeyedRow | undefined, after: KeyedRow | undefined): RowChange | undefined {
  const of = after ?? before;
  if (of === undefined) return undefined;
  const changes = before === undefined || after === undefined ? [] : changesBetween(before.row, after.row);
  if (before !== undefined && after !== undefined && changes.length === 0) return undefined;
  return { table: of.table, key: of.key, before: before?.row ?? null, after: after?.row ?? null, changes };
}
