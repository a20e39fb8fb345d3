/** What operators did to a run: who, why, when. */
import { TextLink, Timeline, TimelineStep } from "@tillstream/ui";
import { Actor } from "../console/actor.tsx";
import { sagaHref } from "../links/events.ts";
import type { SagaRun } from "./saga-state.ts";

type Action = SagaRun["actions"][number];

const actionWord = {
  retryStep: "Step retried",
  compensate: "Undone by hand",
  resolve: "Marked resolved",
  fork: "Forked",
} as const satisfies Record<Action["action"], string>;

export function SagaTrace({ actions }: { actions: readonly Action[] }) {
  if (actions.length === 0) return null;
  return (
    <div className="mt-4">
      <Timeline label="What operators did, newest first">
        {actions.map(({ action, step, forkedAs, actor, actorName, reason, at }, index) => (
          <TimelineStep
            key={`${at} ${index}`}
            title={step === null ? actionWord[action] : `${actionWord[action]}: ${step}`}
            status="done"
            word="recorded"
            at={at}
            timeFormat="precise"
          >
            <p>{reason}</p>
            {forkedAs && (
              <p>
                It goes on as <TextLink href={sagaHref(forkedAs)}>{forkedAs}</TextLink>.
              </p>
            )}
            <p className="text-sm text-muted">
              by <Actor actor={actor} name={actorName} />
            </p>
          </TimelineStep>
        ))}
      </Timeline>
    </div>
  );
}
