/** A value at a time; `null` where nothing was measured: the line breaks there instead of pretending. */
export type ChartPoint = { at: string; value: number | null };

/** The next round number at or above `value`: 1, 2, 2.5 or 5 times a power of ten, so that axis labels are short. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

export type Placed = { x: number; y: number };

/** Places points in a box of 100 x 100 with 0 at the bottom; runs of measured points stay together. */
export function placeRuns(points: readonly ChartPoint[], from_ms: number, to_ms: number, max: number): Placed[][] {
  const runs: Placed[][] = [];
  let run: Placed[] = [];
  for (const point of points) {
    if (point.value === null) {
      if (run.length > 0) runs.push(run);
      run = [];
      continue;
    }
    const y = 100 - (Math.min(Math.max(point.value, 0), max) / max) * 100;
    run.push({ x: placeX(point.at, from_ms, to_ms), y: Math.round(y * 100) / 100 });
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** Where a time lies between two ends, in percent from the left. */
export function placeX(at: string, from_ms: number, to_ms: number): number {
  const share = (Date.parse(at) - from_ms) / Math.max(1, to_ms - from_ms);
  return Math.round(share * 10_000) / 100;
}

/** The line through a run; a single point becomes a short dash, or it could not be seen. */
export function linePath(run: readonly Placed[]): string {
  const [first] = run;
  if (first === undefined) return "";
  if (run.length === 1) return `M${Math.max(0, first.x - 0.5)} ${first.y}H${first.x + 0.5}`;
  return `M${run.map((placed) => `${placed.x} ${placed.y}`).join("L")}`;
}

/** The area between a run and the ground. */
export function areaPath(run: readonly Placed[]): string {
  const first = run[0];
  const last = run[run.length - 1];
  return first === undefined || last === undefined ? "" : `${linePath(run)}L${last.x} 100L${first.x} 100Z`;
}
