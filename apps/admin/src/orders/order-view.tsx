"use client";
/** One order: what was bought, by whom, how far it is, and everything that happened to it. */
import {
  Breadcrumbs,
  CopyableId,
  LinkButton,
  PageHeader,
  Panel,
  StatusBadge,
  Timeline,
  TimelineStep,
} from "@tillstream/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../console/failure.ts";
import { isUnknown } from "../console/is-unknown.ts";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { cancellationSagaOf, sagaHref, streamHref } from "../links/events.ts";
import { AsOf } from "../subscriptions/as-of.tsx";
import { AnnouncedReturns } from "./announced-returns.tsx";
import { AttentionBanner } from "./attention-banner.tsx";
import { CancelledBanner } from "./cancelled-banner.tsx";
import { CancelOrder } from "./cancel-order.tsx";
import { CustomerPanel } from "./customer-panel.tsx";
import { HoldOrder } from "./hold-order.tsx";
import { OrderHistory, OrderSaga } from "./order-history.tsx";
import { OrderLines } from "./order-lines.tsx";
import { OrderNotes } from "./order-notes.tsx";
import { RefundLines } from "./refund-lines.tsx";
import { ShipmentPanel } from "./shipment-panel.tsx";
import { orderStatus, statusWord, stepStateWord, stepStatus, stepWord, type Order } from "./order-state.ts";

type OrderDetail = Outputs["orders"]["byId"];

export function OrderView({ orderId, number }: { orderId: string; number: string }) {
  const { query, isUpdating, onChanged } = useOrder(orderId);
  const isMissing = query.data === undefined && query.isError && isUnknown(failureOf(query.error));
  const label = isMissing ? "Order not found" : number;
  const crumbs = <Breadcrumbs items={[{ label: "Orders", href: "/orders" }, { label }]} />;
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the order" panels={4} />;
    return (
      <>
        <PageHeader title={isMissing ? label : "Order"} breadcrumbs={crumbs} />
        <QueryFailed query={query} what="this order" list={{ href: "/orders", label: "All orders" }} />
      </>
    );
  }
  const { order, attention, streamId, sagaId } = query.data;
  return (
    <>
      <PageHeader
        title={`Order ${number}`}
        breadcrumbs={crumbs}
        beside={
          order && (
            <>
              <StatusBadge status={orderStatus[order.status]}>{statusWord(order)}</StatusBadge>
              <span role="status" className="text-sm text-muted empty:hidden">
                {isUpdating && "updating…"}
              </span>
            </>
          )
        }
        description={
          <>
            <CopyableId id={orderId} what="order id" full /> <AsOf projection="order_view" />
          </>
        }
        actions={
          <>
            {order !== null && <CancelOrder order={order} onChanged={onChanged} />}
            {order !== null && <HoldOrder order={order} questions={attention} onChanged={onChanged} />}
            <LinkButton size="sm" href={streamHref(streamId)}>
              Stream
            </LinkButton>
            <LinkButton size="sm" href={sagaHref(sagaId)}>
              Checkout saga
            </LinkButton>
          </>
        }
      />
      <AttentionBanner orderId={orderId} sagaId={sagaId} streamId={streamId} codes={attention} />
      {order !== null && order.cancelReason !== null && (
        <CancelledBanner code={order.cancelReason} onItsWay={order.onItsWay} streamId={streamId} />
      )}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0 space-y-4">
          {order && (
            <OrderLines
              order={order}
              refundedBy={query.data.refundedBy}
              actions={<RefundLines order={order} targets={query.data.refundableTo} onChanged={onChanged} />}
            />
          )}
          <OrderHistory streamId={streamId} />
        </div>
        <div className="min-w-0 space-y-4">
          {order && <Steps order={order} />}
          <CustomerPanel orderId={orderId} detail={query.data} onChanged={onChanged} />
          <OrderNotes orderId={orderId} notes={query.data.notes} onChanged={() => onChanged(0)} />
          <AnnouncedReturns orderId={orderId} />
          <ShipmentPanel orderId={orderId} order={order} targets={query.data.refundableTo} />
          <OrderSaga
            sagaId={sagaId}
            title="Checkout saga"
            absent="It has not started yet. It starts when the order's first event is published."
          />
          {wasCancelled(order) && (
            <OrderSaga
              sagaId={cancellationSagaOf(orderId)}
              title="Cancellation saga"
              absent="It has not started yet. It starts when the request is published."
            />
          )}
        </div>
      </div>
    </>
  );
}

const LOOK_AGAIN_MS = 250;

/** The order, and whether what one has just done about it is in its view yet; until then it is asked for often. */
function useOrder(orderId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const live = useLiveQuery();
  const [ownVersion, setOwnVersion] = useState(0);
  const isBehind = (detail: OrderDetail | undefined) => (detail?.order?.version ?? ownVersion) < ownVersion;
  const query = useQuery(
    trpc.orders.byId.queryOptions(
      { orderId },
      { ...live, refetchInterval: ({ state }) => (isBehind(state.data) ? LOOK_AGAIN_MS : live.refetchInterval) },
    ),
  );
  const onChanged = async (version: number) => {
    setOwnVersion((known) => Math.max(known, version));
    await queryClient.invalidateQueries({ queryKey: trpc.orders.byId.queryKey({ orderId }) });
  };
  return { query, isUpdating: isBehind(query.data), onChanged };
}

function Steps({ order }: { order: Order }) {
  return (
    <Panel title="Steps" description="As the customer's order page shows them.">
      <Timeline label="Steps of the order">
        {order.steps.map((step) => (
          <TimelineStep
            key={step.name}
            title={stepWord[step.name]}
            status={stepStatus(step)}
            word={stepStateWord(step)}
            at={step.at ?? undefined}
            timeFormat="precise"
          />
        ))}
      </Timeline>
    </Panel>
  );
}

/** Asked for while the cancellation runs, and known by its reason afterwards. */
function wasCancelled(order: Order | null): boolean {
  if (order === null) return false;
  const asked = order.steps.some(({ name, status }) => name === "cancelled" && status === "pending");
  return asked || order.cancelReason === "CANCELLED_BY_CUSTOMER" || order.cancelReason === "CANCELLED_BY_MERCHANT";
}
