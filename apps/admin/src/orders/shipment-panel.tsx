"use client";
/** The order's parcel: when it leaves, what it is followed by, and taking it back. */
import {
  Button,
  Facts,
  Instant,
  Panel,
  SkeletonText,
  StatusBadge,
  TextLink,
  type Fact,
  type Status,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLiveQuery } from "../console/live.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { streamHref } from "../links/events.ts";
import { leaving, type Order } from "./order-state.ts";
import { ReturnDialog, type ReturnDialogProps } from "./return-dialog.tsx";

type Shipment = NonNullable<Outputs["orders"]["shipment"]>;

const statusOf = {
  scheduled: "waiting",
  created: "done",
  cancelled: "compensated",
  returned: "compensated",
} as const satisfies Record<Shipment["status"], Status>;

const statusWord = {
  scheduled: "scheduled",
  created: "with the carrier",
  cancelled: "cancelled",
  returned: "returned",
} as const satisfies Record<Shipment["status"], string>;

interface ShipmentPanelProps {
  orderId: string;
  /** Null while its view does not have it yet. */
  order: Order | null;
  targets: ReturnDialogProps["targets"];
}

export function ShipmentPanel({ orderId, order, targets }: ShipmentPanelProps) {
  const query = useQuery(useTRPC().orders.shipment.queryOptions({ orderId }, useLiveQuery()));
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const shipment = query.data;
  return (
    <Panel
      title="Shipment"
      actions={shipment && <StatusBadge status={statusOf[shipment.status]}>{statusWord[shipment.status]}</StatusBadge>}
    >
      {query.isPending && <SkeletonText lines={3} />}
      {query.isError && shipment === undefined && <QueryFailed query={query} what="the shipment" />}
      {shipment === null && (
        <p className="text-muted">
          {order === null || order.cancelReason === null
            ? "None. It is scheduled when the order is confirmed."
            : "None: the order was over before it was confirmed."}
        </p>
      )}
      {shipment && (
        <>
          <Facts items={factsOf(shipment, order)} />
          <div className="mt-3 flex flex-wrap items-center justify-between gap-2 border-t border-line pt-2 text-sm">
            <TextLink href={streamHref(shipment.streamId)}>Shipment stream</TextLink>
            {shipment.status === "created" && order && (
              <Button
                size="sm"
                disabled={whyNot !== undefined}
                aria-describedby={whyNot === undefined ? undefined : "why-not-return"}
                onClick={() => setAsking(true)}
              >
                Receive return
              </Button>
            )}
          </div>
          {shipment.status === "created" && whyNot !== undefined && (
            <p id="why-not-return" className="mt-2 text-sm text-muted">
              {whyNot}
            </p>
          )}
          {order && <ReturnDialog order={order} targets={targets} open={asking} onOpenChange={setAsking} />}
        </>
      )}
    </Panel>
  );
}

const leavingWords = { due: "Leaves at", held: "Leaves", over: "Was to leave at" } as const;

function factsOf({ status, dueAt, carrier, trackingNumber, returnReason }: Shipment, order: Order | null): Fact[] {
  const state = status === "scheduled" ? leaving(order) : "over";
  return [
    {
      term: leavingWords[state],
      value: state === "held" ? "Not while the order is held" : <Instant at={dueAt} format="precise" />,
    },
    ...(carrier === null ? [] : [{ term: "Carrier", value: carrier }]),
    ...(trackingNumber === null
      ? []
      : [{ term: "Tracking number", value: <span className="font-mono text-sm">{trackingNumber}</span> }]),
    ...(returnReason === null ? [] : [{ term: "Why it came back", value: returnReason }]),
  ];
}
