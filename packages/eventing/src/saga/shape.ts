/**
 * The shape of a saga's definition: what a run that is under way relies on. It is stored with the run, and a published
 * version keeps it for ever. What a step does, its timeout and its retries are not part of it: each attempt reads them again.
 */
import type { Saga } from "./definition.ts";

export interface SagaShape {
  /** In their order. */
  readonly steps: readonly StepShape[];
  readonly pointOfNoReturn: string | null;
}

interface StepShape {
  readonly name: string;
  readonly compensated: boolean;
  readonly doneBefore: boolean;
}

/** The shapes of published versions, by name and version: what is committed. */
export type PublishedSagas = Readonly<Record<string, Readonly<Record<string, SagaShape>>>>;

/** The names of the steps in order, and what else of a version may not change once runs have begun with it. */
export function shapeOf({ steps, pointOfNoReturn }: Saga): SagaShape {
  return {
    steps: steps.map(({ name, compensation, doneBefore = false }) => ({
      name,
      compensated: compensation !== undefined,
      doneBefore,
    })),
    pointOfNoReturn: pointOfNoReturn ?? null,
  };
}

/**
 * A definition that changed under its version, with what to do about it; undefined when it is as it was.
 * @param was its shape, or all that is known of it: the names of its steps
 * @param relied who relies on that, such as "is published"
 */
export function changeOf(saga: Saga, was: SagaShape | readonly string[], relied: string): string | undefined {
  const difference = differenceBetween(was, shapeOf(saga));
  if (difference === undefined) return undefined;
  const [name, version] = [saga.name, `v${saga.version}`];
  return (
    `saga ${name} ${version} ${relied}, and ${difference}: put ${version} back as it was, give the change a new version, ` +
    `and keep ${version} beside it until its runs have ended`
  );
}

function differenceBetween(was: SagaShape | readonly string[], is: SagaShape): string | undefined {
  if (!("steps" in was)) {
    return differenceInSteps(
      was,
      is.steps.map(({ name }) => name),
    );
  }
  const inSteps = differenceInSteps(was.steps.map(stepText), is.steps.map(stepText));
  if (inSteps !== undefined || was.pointOfNoReturn === is.pointOfNoReturn) return inSteps;
  return `its point of no return was ${was.pointOfNoReturn ?? "nowhere"} and is ${is.pointOfNoReturn ?? "nowhere"}`;
}

function stepText({ name, compensated, doneBefore }: StepShape): string {
  return `${name}${compensated ? "" : " (never undone)"}${doneBefore ? " (done before)" : ""}`;
}

/** The first place where they differ. */
function differenceInSteps(was: readonly string[], is: readonly string[]): string | undefined {
  const length = Math.max(was.length, is.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => was[index] !== is[index]);
  return at === undefined ? undefined : `its step ${at + 1} was ${was[at] ?? "missing"} and is ${is[at] ?? "missing"}`;
}
