"use client";
/** What customers announced that they send back: on the page of an order all of its returns, else those that are expected. */
import { Button, Instant, Panel, SkeletonText, StatusBadge, TextLink, type Status } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ExportLinks } from "../console/export-links.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { orderHref } from "../links/events.ts";
import { refundTarget, type AnnouncedReturn } from "./order-state.ts";
import { CloseReturn } from "./close-return.tsx";
import { ReceiveReturn } from "./receive-return.tsx";

const SHOWN_MAX = 50;

const statusOf = {
  requested: "waiting",
  received: "done",
  withdrawn: "parked",
  refunded: "compensated",
} as const satisfies Record<AnnouncedReturn["status"], Status>;

const statusWord = {
  requested: "expected",
  received: "received",
  withdrawn: "not expected",
  refunded: "refunded otherwise",
} as const;

const reasonWord: Readonly<Record<string, string>> = {
  CHANGED_MIND: "changed their mind",
  DOES_NOT_FIT: "does not fit",
  NOT_AS_DESCRIBED: "not as expected",
  DAMAGED: "damaged",
  WRONG_ITEM: "not what they ordered",
  OTHER: "another reason",
};

export function AnnouncedReturns({ orderId }: { orderId?: string }) {
  const input = orderId === undefined ? { status: "requested" as const, limit: SHOWN_MAX } : { orderId };
  const query = useQuery(useTRPC().orders.announcedReturns.queryOptions(input, useLiveQuery()));
  const items = query.data?.items ?? [];
  // Most orders have none: nothing is said of that on their pages.
  if (orderId !== undefined && items.length === 0 && !query.isError) return null;
  return (
    <Panel
      title={orderId === undefined ? "Announced by customers" : "Returns of lines"}
      description="Receive what came, line by line: it is refunded to where the customer asked for it."
      className="mb-4"
      actions={orderId === undefined && <ExportLinks page="/announced-returns" />}
    >
      {query.isPending && <SkeletonText lines={3} />}
      {query.isError && query.data === undefined && <QueryFailed query={query} what="the announced returns" />}
      {query.isSuccess && items.length === 0 && <p className="text-muted">None is expected.</p>}
      <ul aria-label="Announced returns">
        {items.map((item) => (
          <Item key={item.returnId} item={item} isOnOrder={orderId !== undefined} />
        ))}
      </ul>
      {query.data?.nextCursor && orderId === undefined && (
        <p className="mt-2 text-sm text-muted">
          These are the latest {SHOWN_MAX}. Older ones are shown on the pages of their orders.
        </p>
      )}
    </Panel>
  );
}

function Item({ item, isOnOrder }: { item: AnnouncedReturn; isOnOrder: boolean }) {
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState<"receive" | "close">();
  const { orderId, number, status, lines, received, to, requestedAt, settledAt } = item;
  const close = () => setAsking(undefined);
  const nameOf = (sku: string) => lines.find((line) => line.sku === sku)?.name ?? sku;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b border-line py-2 last:border-b-0">
      <div className="min-w-0">
        <p className="font-mono text-sm">
          {isOnOrder ? (
            number
          ) : (
            <TextLink href={orderHref(orderId)} className="inline-flex min-h-6 items-center">
              {number}
            </TextLink>
          )}
        </p>
        <ul className="text-sm">
          {lines.map((line) => (
            <li key={line.sku}>
              {line.quantity + (line.refunded ?? 0)} x {line.name}: {reasonWord[line.reason] ?? line.reason}
              {line.refunded !== undefined && `, ${line.refunded} of them refunded otherwise`}
            </li>
          ))}
        </ul>
        <p className="text-sm text-muted">
          {status === "requested" ? `${refundTarget[to]}, announced` : "Announced"}{" "}
          <Instant at={requestedAt} format="precise" />
        </p>
        {settledAt !== null && (
          <p className="text-sm text-muted">
            {received.length > 0 &&
              `${received.map(({ sku, quantity, restock }) => `${quantity} x ${nameOf(sku)} ${restock ? "back on the shelf" : "written off"}`).join(", ")}, `}
            <Instant at={settledAt} format="precise" />
          </p>
        )}
      </div>
      <div className="flex items-center gap-2">
        {status === "requested" ? (
          <>
            <Button size="sm" onClick={() => setAsking("close")} disabled={whyNot !== undefined} title={whyNot}>
              Close
            </Button>
            <Button size="sm" onClick={() => setAsking("receive")} disabled={whyNot !== undefined} title={whyNot}>
              Receive lines
            </Button>
          </>
        ) : (
          <StatusBadge status={statusOf[status]}>{statusWord[status]}</StatusBadge>
        )}
      </div>
      {asking === "receive" && <ReceiveReturn item={item} onClose={close} />}
      <CloseReturn item={item} open={asking === "close"} onClose={close} />
    </li>
  );
}
