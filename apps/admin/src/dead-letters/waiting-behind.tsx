"use client";
/** Later events of the same stream, which this consumer gets only after this one. */
import { CopyableId, LinkButton, Panel, SkeletonText } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { eventHref } from "../links/events.ts";
import { deadLettersHref } from "../links/dead-letters.ts";
import { countOf } from "./dead-letter-state.ts";
import type { DeadLetterDetail } from "./dead-letter-detail.ts";

/** A stream has few events; as many as the procedure gives at once. */
const SHOWN_MAX = 200;

export function WaitingBehind({ letter }: { letter: DeadLetterDetail }) {
  const { consumer, streamId, position, waitingBehind } = letter;
  const input = { consumer, streamId, status: "waiting", limit: SHOWN_MAX } as const;
  const query = useQuery(
    useTRPC().deadLetters.list.queryOptions(input, { ...useLiveQuery(), enabled: waitingBehind > 0 }),
  );
  const behind = (query.data?.items ?? []).filter((each) => each.position > position).toReversed();
  return (
    <Panel
      title="Waiting behind it"
      description={
        waitingBehind === 0
          ? "Nothing. Other streams of this consumer go on in any case."
          : `${countOf(waitingBehind, "later event")} of its stream; each follows by itself as soon as this one is resolved.`
      }
      actions={
        waitingBehind > SHOWN_MAX && (
          <LinkButton size="sm" href={deadLettersHref({ consumer, status: "waiting" })}>
            All that wait
          </LinkButton>
        )
      }
    >
      {waitingBehind > 0 &&
        (query.isError && query.data === undefined ? (
          <QueryFailed query={query} what="what waits" />
        ) : query.isPending ? (
          <SkeletonText lines={3} />
        ) : (
          <ol aria-label="Waiting events, in their order">
            {behind.map((each) => (
              <li
                key={each.id}
                className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 border-b border-line last:border-b-0"
              >
                <span>
                  <span className="figures mr-2 font-mono text-sm text-muted">{each.position}</span>
                  {each.eventType}
                </span>
                <CopyableId id={each.eventId} what="event id" href={eventHref(each.eventId)} head={10} tail={8} />
              </li>
            ))}
          </ol>
        ))}
    </Panel>
  );
}
