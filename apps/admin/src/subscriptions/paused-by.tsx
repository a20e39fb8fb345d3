/** Who paused a projection or consumer, when and why. */
import { Instant } from "@tillstream/ui";
import { Actor } from "../console/actor.tsx";
import type { Subscription } from "../console/subscription-state.ts";

export function PausedBy({ of: { actor, actorName, at, reason } }: { of: NonNullable<Subscription["paused"]> }) {
  return (
    <span className="break-words">
      Paused by <Actor actor={actor} name={actorName} />, <Instant at={at} format="datetime" />: {reason}
    </span>
  );
}
