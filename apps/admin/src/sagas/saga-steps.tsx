"use client";
/** The run as a list of what happened, in order; idle time of a minute and more is folded. */
import { formatDuration, Term, Timeline, TimelineGap, TimelineStep } from "@tillstream/ui";
import { Fragment } from "react";
import { glossary } from "@tillstream/eventing/glossary";
import { inOrderOfRunning, stepStatus, tookMs, type SagaStep } from "./saga-state.ts";

const IDLE_MS = 60_000;

export function SagaSteps({ steps }: { steps: readonly SagaStep[] }) {
  const ordered = inOrderOfRunning(steps);
  return (
    <Timeline label="What happened, in order">
      {ordered.map((step, index) => {
        const idleMs = idleBefore(ordered[index - 1], step);
        return (
          <Fragment key={`${step.kind} ${step.step}`}>
            {idleMs >= IDLE_MS && <TimelineGap>{formatDuration(idleMs)} without anything</TimelineGap>}
            <Step step={step} />
          </Fragment>
        );
      })}
    </Timeline>
  );
}

function Step({ step }: { step: SagaStep }) {
  const took = tookMs(step);
  const compensation = step.kind === "compensation";
  return (
    <TimelineStep
      title={compensation ? "compensation" : step.step}
      status={stepStatus(step)}
      word={step.status === "planned" ? "not begun" : step.status}
      at={step.finishedAt ?? step.startedAt ?? undefined}
      timeFormat="precise"
      undoes={compensation ? step.step : undefined}
      aside={
        <>
          {step.attempt > 1 && <span>attempt {step.attempt}</span>}
          {took !== undefined && <span className="figures">{formatDuration(took)}</span>}
        </>
      }
    >
      {step.error !== null && (
        <p>
          <span className="font-mono text-sm">{step.error.code}</span>: {step.error.message}
        </p>
      )}
      {step.status === "unknown" && (
        <p>
          <Term meaning={glossary.unknown}>Outcome unknown</Term>: its compensation has to find out.
        </p>
      )}
    </TimelineStep>
  );
}

/** Only from an end on: a step without one may have been tried all the while. */
function idleBefore(before: SagaStep | undefined, step: SagaStep): number {
  const ended = before?.finishedAt ?? null;
  return ended === null || step.startedAt === null ? 0 : Date.parse(step.startedAt) - Date.parse(ended);
}
