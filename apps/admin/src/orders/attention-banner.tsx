"use client";
/** The open questions about an order: each in words, with the place where an operator answers it. */
import { Banner, Instant, TextLink } from "@tillstream/ui";
import { actorWords } from "../console/actor-words.ts";
import { cancellationSagaOf, sagaHref } from "../links/events.ts";
import { useOrderEvents } from "./order-history.tsx";

const HELD_BY_OPERATOR = "HELD_BY_OPERATOR";

interface Question {
  readonly words: string;
  readonly answeredAt?: { readonly href: string; readonly place: string };
}

function questionsOf(orderId: string, sagaId: string): Readonly<Record<string, Question | undefined>> {
  const payments = { href: "/reconciliation", place: "Reconciliation" };
  return {
    [HELD_BY_OPERATOR]: { words: "Held by an operator. It is not sent until an operator resolves it." },
    COMPENSATION_FAILED: {
      words:
        "Its checkout could not be undone. Retry the step that failed, or settle it outside and mark the run resolved.",
      answeredAt: { href: sagaHref(sagaId), place: "Checkout saga" },
    },
    CANCELLATION_FAILED: {
      words:
        "Its cancellation could not be carried out. Retry the step that failed, or settle it outside and mark the run resolved.",
      answeredAt: { href: sagaHref(cancellationSagaOf(orderId)), place: "Cancellation saga" },
    },
    SHIPPING_FAILED: {
      words:
        "The carrier made no label for it. If no carrier reaches its address, correct that; otherwise resolve it to have the carrier asked again, or cancel the order.",
      answeredAt: { href: "/dead-letters", place: "Dead letters" },
    },
    PAYMENT_MISMATCH: { words: "The gateway has a different amount for it than the order.", answeredAt: payments },
    REFUND_REFUSED: { words: "The gateway refused to give its money back.", answeredAt: payments },
    PAYMENT_MISSING: { words: "It is confirmed, but the gateway has no payment for it.", answeredAt: payments },
  };
}

export interface AttentionBannerProps {
  readonly orderId: string;
  readonly sagaId: string;
  readonly streamId: string;
  readonly codes: readonly string[];
}

export function AttentionBanner({ orderId, sagaId, streamId, codes }: AttentionBannerProps) {
  if (codes.length === 0) return null;
  const known = questionsOf(orderId, sagaId);
  return (
    <Banner tone="failed" className="mb-4" title="This order needs an operator">
      <ul className="space-y-1">
        {codes.map((code) => {
          const { words, answeredAt } = known[code] ?? { words: `${code}: its events say more.` };
          return (
            <li key={code}>
              {words} {answeredAt !== undefined && <TextLink href={answeredAt.href}>{answeredAt.place}</TextLink>}
              {code === HELD_BY_OPERATOR && <WhoHolds streamId={streamId} />}
            </li>
          );
        })}
      </ul>
    </Banner>
  );
}

/** By the last event that says so. */
function WhoHolds({ streamId }: { streamId: string }) {
  const { data } = useOrderEvents(streamId);
  const held = data?.events.findLast(
    (event) => event.type === "OrderNeedsAttention" && codeOf(event.data) === HELD_BY_OPERATOR,
  );
  if (held === undefined) return null;
  return (
    <>
      {actorWords(held.metadata.actor, held.actorName)}, <Instant at={held.recordedAt} />: “{messageOf(held.data)}”
    </>
  );
}

const textOf = (data: unknown, name: string): string => {
  const value: unknown =
    typeof data === "object" && data !== null ? Object.entries(data).find(([one]) => one === name)?.[1] : undefined;
  return typeof value === "string" ? value : "";
};
const codeOf = (data: unknown) => textOf(data, "code");
const messageOf = (data: unknown) => textOf(data, "message");
