/** What events make of a projection's rows, and whether that is what is stored. */
import { projections } from "@tillstream/commerce";
import { compareProjection, Refusal, stepProjection, STEPS_MAX } from "@tillstream/eventing";
import type { Comparison, PartedRow, Projection, ProjectionStep, RowChange } from "@tillstream/eventing";
import type { Database } from "@tillstream/runtime";
import { UsageError } from "./moment.ts";
import { print } from "./output.ts";

export interface SteppingOptions {
  readonly json?: boolean;
}

function named(name: string): Projection {
  const projection = projections.find((one) => one.name === name);
  if (projection !== undefined) return projection;
  throw new UsageError(
    `The projection ${name} does not exist. Known: ${projections.map((one) => one.name).join(", ")}`,
  );
}

const usage = (error: unknown): never => {
  throw error instanceof Refusal ? new UsageError(error.message) : error;
};

/** Prints each event of a stream with the rows that it changed; resolves to the exit code: 1 where what is stored parts. */
export async function step(db: Database, name: string, streamId: string, options: SteppingOptions): Promise<number> {
  const projection = named(name);
  const steps: ProjectionStep[] = [];
  for (let isMore = true; isMore;) {
    const afterVersion = steps.at(-1)?.event.version ?? 0;
    const page = await stepProjection(db, projection, { streamId, afterVersion }, STEPS_MAX).catch(usage);
    if (options.json !== true) for (const one of page.steps) console.log(stepText(one));
    steps.push(...page.steps);
    isMore = page.truncated && page.steps.length > 0;
  }
  const failure = steps.at(-1)?.failure ?? null;
  if (failure !== null) {
    print(
      { name, streamId, steps, comparison: null },
      `${name} cannot take the last of these events: ${failure}`,
      options.json,
    );
    return 1;
  }
  const comparison = await compareProjection(db, projection, { streamId }, { isUnbounded: true }).catch(usage);
  print({ name, streamId, steps, comparison }, comparisonText(name, comparison), options.json);
  return comparison.agrees ? 0 : 1;
}

/** Compares every row, and says how far it is; resolves to the exit code: 1 where any parts. */
export async function compare(db: Database, name: string, { json }: SteppingOptions): Promise<number> {
  let said = 0;
  const comparison = await compareProjection(db, named(name), "all", {
    isUnbounded: true,
    onProgress(position, of) {
      const percent = Math.floor((100 * position) / of);
      if (percent < said + 10) return;
      said = percent;
      console.error(`  ${String(percent).padStart(3)} %  ${position} of ${of} events`);
    },
  }).catch(usage);
  print({ name, ...comparison }, comparisonText(name, comparison), json);
  return comparison.agrees ? 0 : 1;
}

const show = (value: unknown): string => JSON.stringify(value) ?? "nothing";
const rowName = ({ table, key }: Pick<RowChange, "table" | "key">): string =>
  `${table} ${Object.values(key).map(String).join(" ")}`;

const rowCount = (count: number): string => (count === 1 ? "1 row" : `${count} rows`);

function stepText({ event, rows, failure }: ProjectionStep): string {
  const lines = rows.flatMap((row) => [
    `    ${rowName(row)}`,
    ...(row.before === null || row.after === null
      ? [`      ${show(row.before ?? undefined)} -> ${show(row.after ?? undefined)}`]
      : row.changes.map(({ path, before, after }) => `      ${path}: ${show(before)} -> ${show(after)}`)),
  ]);
  const nothing = rows.length === 0 && failure === null ? ["    changes no row"] : [];
  return [`${event.eventId}  ${event.recordedAt.toISOString()}  ${event.type}`, ...lines, ...nothing].join("\n");
}

function comparisonText(name: string, { asOf, agrees, compared, parted, rows, shared }: Comparison): string {
  const others = shared ? " Other streams change these rows too, and are in the comparison." : "";
  if (agrees) return `${name} agrees with the events as of position ${asOf}: ${rowCount(compared)}.${others}`;
  const more = parted > rows.length ? [`  and ${parted - rows.length} more`] : [];
  return [
    `${name} parts from the events as of position ${asOf}, in ${rowCount(parted)}.${others}`,
    ...rows.flatMap(partedText),
    ...more,
  ].join("\n");
}

function partedText(row: PartedRow): string[] {
  const { stored, stepped, changes, parts } = row;
  const what =
    stored === null ? "is not stored" : stepped === null ? "is stored, and no event makes it" : "is stored otherwise";
  return [
    `  ${rowName(row)} ${what}`,
    ...changes.map(({ path, before, after }) => `    ${path}: stored ${show(before)}, by the events ${show(after)}`),
    ...parts.map(({ column, eventId, type }) => `    ${column === "" ? "the row" : column} since ${eventId} (${type})`),
  ];
}
