/** What operators did to a run: who, why, when. */
import { Timeline, TimelineStep } from "@tillstream/ui";
import { Actor } from "../console/actor.tsx";
import type { SagaRun } from "./saga-state.ts";

type Action = SagaRun["actions"][number];

const actionWord = {
  retryStep: "Step retried",
  compensate: "Undone by hand",
  resolve: "Marked resolved",
} as const satisfies Record<Action["action"], string>;

export function SagaTrace({ actions }: { actions: readonly Action[] }) {
  if (actions.length === 0) return null;
  return (
    <div className="mt-4">
      <Timeline label="What operators did, newest first">
        {actions.map(({ action, step, actor, actorName, reason, at }, index) => (
          <TimelineStep
            key={`${at} ${index}`}
            title={step === null ? actionWord[action] : `${actionWord[action]}: ${step}`}
            status="done"
            word="recorded"
            at={at}
            timeFormat="precise"
          >
            <p>{reason}</p>
            <p className="text-sm text-muted">
              by <Actor actor={actor} name={actorName} />
            </p>
          </TimelineStep>
        ))}
      </Timeline>
    </div>
  );
}
