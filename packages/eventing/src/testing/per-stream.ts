/** Projections for the kernel's own tests whose rows are of one stream each. */
import { defineProjection } from "../subscription/projection.ts";
import type { Projection } from "../subscription/projection.ts";
import { Added } from "./counter.ts";
import { sumsView } from "./sums.ts";
import type { Sum } from "./sums.ts";

/** The sum of each stream, by the name of the stream. */
export function sumOfStream(
  { fails = () => false, plus = (n: number, by: number) => n + by } = {} as SumOptions,
): Projection {
  return defineProjection<Sum, readonly [typeof Added]>({
    ...sumsView,
    name: "sum_of_stream",
    definitions: [Added],
    key: (event) => event.streamId,
    streamOf: (key) => key,
    project(view, { streamId, data, version }) {
      if (fails(version)) throw new Error(`cannot take version ${version}`);
      return { id: streamId, n: plus(view?.n ?? 0, data.by) };
    },
  });
}

interface SumOptions {
  /** Whether the projection cannot take the event of this version. */
  readonly fails?: (version: number) => boolean;
  /** Its one line of code. */
  readonly plus?: (n: number, by: number) => number;
}
