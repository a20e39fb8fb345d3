"use client";
/** What operators did about a dead letter: who, why, when, and what came of it. */
import { Panel, Timeline, TimelineStep, type Status } from "@tillstream/ui";
import { Actor } from "../console/actor.tsx";
import type { DeadLetterDetail } from "./dead-letter-detail.ts";

type Action = DeadLetterDetail["actions"][number];

const actionWord = {
  retry: "Retried",
  discard: "Discarded",
  edit: "Delivered an edited copy",
} as const satisfies Record<Action["action"], string>;

const outcomeWord = {
  delivered: "delivered",
  failed: "failed again",
  notTried: "not tried",
} as const satisfies Record<NonNullable<Action["outcome"]>, string>;

const outcomeStatus = {
  delivered: "done",
  failed: "failed",
  notTried: "parked",
} as const satisfies Record<NonNullable<Action["outcome"]>, Status>;

export function DeadLetterTrace({ actions }: { actions: DeadLetterDetail["actions"] }) {
  return (
    <Panel
      title="What operators did"
      description={
        actions.length === 0 ? "Nothing yet. Attempts that the system makes by itself are not listed." : undefined
      }
    >
      {actions.length > 0 && (
        <Timeline label="What operators did, newest first">
          {actions.map((action, index) => (
            <TraceStep key={`${action.at} ${index}`} action={action} />
          ))}
        </Timeline>
      )}
    </Panel>
  );
}

function TraceStep({ action: { action, actor, actorName, reason, outcome, detail, at } }: { action: Action }) {
  const failure = errorOf(detail);
  return (
    <TimelineStep
      title={actionWord[action]}
      status={outcome !== null ? outcomeStatus[outcome] : action === "retry" ? "waiting" : "done"}
      word={outcome !== null ? outcomeWord[outcome] : action === "retry" ? "under way" : "recorded"}
      at={at}
      timeFormat="precise"
    >
      <p>{reason}</p>
      <p className="text-sm text-muted">
        by <Actor actor={actor} name={actorName} />
      </p>
      {failure !== undefined && <p className="break-words">{failure}</p>}
    </TimelineStep>
  );
}

/** The error of a retry that failed again, which its trace keeps. */
function errorOf(detail: unknown): string | undefined {
  if (typeof detail !== "object" || detail === null || !("error" in detail)) return undefined;
  return typeof detail.error === "string" ? detail.error.split("\n", 1)[0] : undefined;
}
