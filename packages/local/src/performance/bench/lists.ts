/** How long the console's lists take at their first, middle and last page, with each filter, and its counts, in a seeded database. */
import type { Services } from "@tillstream/trpc";
import { withLocalDatabase } from "../../environment/system/local-database.ts";
import { withServices } from "../../seed/services.ts";
import { percentile } from "../traffic/shoppers.ts";
import { consoleOf, countsOf, listsOf } from "./console-lists.ts";
import type { List, Page } from "./console-lists.ts";
import type { Figure } from "./measure.ts";

/** As the console's pages have them. */
const ROWS = 50;
const MS_MAX = 200;
/** A walk through a list that does not come to its end by then takes its last page from here. */
const PAGES_MAX = 2_000;

/** Of the database of the running system, the user's own, or the embedded one. */
export async function* benchSeeded(rounds: number, log: (line: string) => void): AsyncGenerator<Figure> {
  const { readable, writable } = new TransformStream<Figure, Figure>();
  const told = writable.getWriter();
  const measured = withLocalDatabase("bench", log, ({ url }) =>
    withServices(url, async (services) => {
      for await (const figure of benchLists(services, rounds)) await told.write(figure);
    }),
  ).then(
    () => told.close(),
    (error: unknown) => told.abort(error),
  );
  yield* readable;
  await measured;
}

/** @param rounds times that each page is read, after a first time that warms the cache */
export async function* benchLists(services: Services, rounds: number): AsyncGenerator<Figure> {
  const ask = consoleOf(services);
  const worst: { readonly name: string; readonly ms: number }[] = [];
  async function figure(name: string, work: () => Promise<unknown>): Promise<Figure> {
    const times = await timed(rounds, work);
    const ms = times.at(-1) ?? 0;
    worst.push({ name, ms });
    return { name, measured: `p50 ${percentile(times, 0.5).toFixed(1)} ms, worst ${ms.toFixed(1)} ms`, reach: REACH };
  }
  for (const list of await listsOf(ask)) {
    const words = Object.entries(list.filter).map(([field, value]) => `${field}=${String(value)}`);
    for (const [which, page] of await pagesOf(list))
      yield await figure(`${[list.name, ...words].join(" ")}, ${which} page`, () => list.read(page));
  }
  for (const [name, count] of Object.entries(countsOf(ask))) yield await figure(name, count);
  const [slowest] = worst.toSorted((one, other) => other.ms - one.ms);
  const slow = worst.filter(({ ms }) => ms > MS_MAX).length;
  yield {
    name: `all ${worst.length}`,
    measured: `${slow} above ${MS_MAX} ms; the slowest ${slowest?.ms.toFixed(1)} ms: ${slowest?.name}`,
    reach: REACH,
  };
}

const REACH = `<= ${MS_MAX} ms`;

/** In ascending order. */
async function timed(rounds: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.toSorted((one, other) => one - other);
}

/** The first, the middle and the last page, as far as they are several. */
async function pagesOf({ read }: List): Promise<readonly (readonly [string, Page])[]> {
  const cursors: string[] = [];
  for (let next = (await read({ limit: ROWS })).nextCursor; next !== null && cursors.length < PAGES_MAX;) {
    cursors.push(next);
    next = (await read({ limit: ROWS, cursor: next })).nextCursor;
  }
  const at = (cursor: string): Page => ({ limit: ROWS, cursor });
  const [middle, last] = [cursors[Math.floor((cursors.length - 1) / 2)], cursors.at(-1)];
  return [
    ["first", { limit: ROWS }],
    ...(middle === undefined || cursors.length < 2 ? [] : [["middle", at(middle)] as const]),
    ...(last === undefined ? [] : [["last", at(last)] as const]),
  ];
}
