"use client";
/** How many orders got how far, by day: what the consumer `analytics` has counted. */
import { EmptyState, Panel, SkeletonText, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { EventsOfDay } from "./events-of-day.tsx";
import { dayWord } from "./sales.ts";
import { FUNNEL_DAYS } from "./sizes.ts";

/** Each with the event that is counted. */
const STAGES = {
  placed: "OrderCreated",
  paid: "PaymentCaptured",
  confirmed: "OrderConfirmed",
  shipped: "OrderShipped",
  cancelled: "OrderCancelled",
} as const;
const stages = Object.keys(STAGES) as (keyof typeof STAGES)[]; // the keys of the record above

export function FunnelPanel() {
  const query = useQuery(useTRPC().analytics.funnelByDay.queryOptions({ days: FUNNEL_DAYS }, useLiveQuery()));
  const days = query.data;
  return (
    <Panel title="How far orders get" description="By the day in UTC on which they got there.">
      {days === undefined && query.isError && <QueryFailed query={query} what="the orders by day" />}
      {query.isPending && <SkeletonText lines={4} />}
      {days?.length === 0 && (
        <EmptyState title="No orders yet" level={3}>
          An order counts here as soon as it is placed.
        </EmptyState>
      )}
      {days !== undefined && days.length > 0 && (
        <Table label="Orders by day and stage">
          <THead>
            <Tr>
              <Th>Day</Th>
              {stages.map((stage) => (
                <Th key={stage} numeric>
                  {stage.charAt(0).toUpperCase() + stage.slice(1)}
                </Th>
              ))}
            </Tr>
          </THead>
          <TBody>
            {days.map((day) => (
              <Tr key={day.day}>
                <Td>{dayWord(day.day)}</Td>
                {stages.map((stage) => (
                  <Td key={stage} numeric label={stage}>
                    <EventsOfDay type={STAGES[stage]} day={day.day} count={day[stage]}>
                      {day[stage].toLocaleString("en-US")}
                    </EventsOfDay>
                  </Td>
                ))}
              </Tr>
            ))}
          </TBody>
        </Table>
      )}
    </Panel>
  );
}
