/** A figure of a day that opens the events that it counts. */
import { Link } from "@tillstream/ui";
import type { ReactNode } from "react";
import { eventsHref } from "../events/filters.ts";

const DAY_MS = 86_400_000;

interface EventsOfDayProps {
  /** Of the events. */
  readonly type: string;
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  /** Nothing to open where it is 0. */
  readonly count: number;
  readonly children: ReactNode;
}

export function EventsOfDay({ type, day, count, children }: EventsOfDayProps) {
  if (count === 0) return children;
  const from = new Date(`${day}T00:00:00Z`);
  const to = new Date(from.getTime() + DAY_MS);
  return (
    <Link
      href={eventsHref({ type, from, to })}
      className="underline decoration-line-strong decoration-dotted underline-offset-3 hover:decoration-current"
    >
      {children}
    </Link>
  );
}
