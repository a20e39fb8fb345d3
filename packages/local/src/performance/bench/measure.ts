/** Measuring: A B A B within one run, the median of the rounds, the ratio of the two. */
export interface Comparison {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly reference: number;
  readonly referenceName: string;
  readonly ratio: number;
  /** What DESIGN asks for, in words. */
  readonly reach: string;
}

/** A figure with nothing to compare it with. */
export interface Figure {
  readonly name: string;
  readonly measured: string;
  readonly reach: string;
}

export type Measured = Comparison | Figure;

export function median(values: readonly number[]): number {
  const ascending = values.toSorted((left, right) => left - right);
  const middle = Math.floor(ascending.length / 2);
  return ascending.length % 2 === 1
    ? (ascending[middle] ?? 0)
    : ((ascending[middle - 1] ?? 0) + (ascending[middle] ?? 0)) / 2;
}

/** What ours is held against. */
export interface Reference {
  readonly referenceName: string;
  readonly reach: string;
  /** Resolves to its rate or its time in one round. */
  reference(round: number): Promise<number>;
}

interface Ours {
  readonly name: string;
  readonly unit: string;
  readonly rounds: number;
  ours(round: number): Promise<number>;
}

export async function compare({ referenceName, reach, reference, ...ours }: Ours & Reference): Promise<Comparison> {
  const [comparison] = await compareAll(ours, [{ referenceName, reach, reference }]);
  if (comparison === undefined) throw new Error("there is one for each reference");
  return comparison;
}

/** One round of each is thrown away first. The ratio is the median of the rounds' own ratios. */
export async function compareAll(contest: Ours, references: readonly Reference[]): Promise<Comparison[]> {
  const { name, unit, rounds } = contest;
  const measured: { ours: number; theirs: readonly number[] }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const ours = await contest.ours(round);
    const theirs: number[] = [];
    for (const { reference } of references) theirs.push(await reference(round));
    if (round >= 0) measured.push({ ours, theirs });
  }
  return references.map(({ referenceName, reach }, index) => ({
    name,
    unit,
    ours: median(measured.map(({ ours }) => ours)),
    reference: median(measured.map(({ theirs }) => theirs[index] ?? 0)),
    referenceName,
    reach,
    ratio: median(measured.map(({ ours, theirs }) => ours / (theirs[index] ?? 0))),
  }));
}

/** Runs `work` on so many callers at once for so long; resolves to calls a second and the latencies. */
export async function load(
  callers: number,
  milliseconds: number,
  work: (index: number) => Promise<unknown>,
): Promise<{ perSecond: number; latenciesMs: number[] }> {
  const latenciesMs: number[] = [];
  let next = 0;
  const started = performance.now();
  const end = started + milliseconds;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < end) {
        const begun = performance.now();
        await work(next++);
        latenciesMs.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { perSecond: latenciesMs.length / seconds, latenciesMs: latenciesMs.toSorted((left, right) => left - right) };
}

/** Resolves as `work` does. When what runs beside it until `stop` fails meanwhile, this fails at once; either way both are over. */
export async function beside<Value>(
  running: Promise<unknown>,
  stop: AbortController,
  work: () => Promise<Value>,
): Promise<Value> {
  const failure = new Promise<never>((_, reject) => void running.catch(reject));
  try {
    return await Promise.race([work(), failure]);
  } finally {
    stop.abort();
    await running.catch(() => undefined); // said by `failure`
  }
}
