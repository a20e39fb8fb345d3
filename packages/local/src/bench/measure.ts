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

/** A figure that stands alone. */
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

export interface Contest {
  readonly name: string;
  readonly unit: string;
  readonly referenceName: string;
  readonly reach: string;
  readonly rounds: number;
  /** Each resolves to its rate or its time in one round. */
  ours(round: number): Promise<number>;
  reference(round: number): Promise<number>;
}

/** One round of each is thrown away first. The ratio is the median of the rounds' own ratios. */
export async function compare(contest: Contest): Promise<Comparison> {
  const { name, unit, referenceName, reach, rounds } = contest;
  const pairs: { ours: number; reference: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const pair = { ours: await contest.ours(round), reference: await contest.reference(round) };
    if (round >= 0) pairs.push(pair);
  }
  const ours = median(pairs.map((pair) => pair.ours));
  const reference = median(pairs.map((pair) => pair.reference));
  return {
    name,
    unit,
    ours,
    reference,
    referenceName,
    reach,
    ratio: median(pairs.map((pair) => pair.ours / pair.reference)),
  };
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
