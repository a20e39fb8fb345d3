"use client";
/** Why an order is over, what of its money is not back yet, and, where a person asked for that, who, when and in which words. */
import { Banner, Instant, Money } from "@tillstream/ui";
import { actorWords } from "../console/actor-words.ts";
import { cancelWords } from "./cancel-words.ts";
import { useOrderEvents } from "./order-history.tsx";
import type { Order } from "./order-state.ts";

interface CancelledBannerProps {
  code: string;
  onItsWay: Order["onItsWay"];
  streamId: string;
}

export function CancelledBanner({ code, onItsWay, streamId }: CancelledBannerProps) {
  const { data } = useOrderEvents(streamId);
  const asked = data?.events.find(({ type }) => type === "CancellationRequested");
  const reason = reasonIn(asked?.data);
  return (
    <Banner tone="compensated" className="mb-4" title={code === "RETURNED" ? "Returned" : "Cancelled"}>
      {cancelWords(code)}.
      {onItsWay !== null && (
        <>
          {" "}
          A refund of <Money value={onItsWay} /> is on its way.
        </>
      )}
      {asked !== undefined && (
        <>
          {" "}
          Asked for by {actorWords(asked.metadata.actor, asked.actorName)}, <Instant at={asked.recordedAt} />
          {reason !== undefined && <>: “{reason}”</>}
        </>
      )}
    </Banner>
  );
}

/** Its first version had none. */
function reasonIn(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null || !("reason" in data)) return undefined;
  return typeof data.reason === "string" ? data.reason : undefined;
}
