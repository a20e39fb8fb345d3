"use client";
/** Projections, or consumers, worst first, with the course of their lag since this tab looked. */
import { Link, Sparkline, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr } from "@tillstream/ui";
import type { ReactNode } from "react";
import { meaningOf } from "../console/definitions.ts";
import { useTrend } from "./lag-trend.ts";
import { LAG_LIMIT_SECONDS, secondsText, stateOf, worstFirst, type Subscription } from "./subscription-state.ts";

const COLUMNS = 8;

interface SubscriptionTableProps {
  label: string;
  kind: "Projection" | "Consumer";
  subscriptions: readonly Subscription[];
  /** In place of rows. */
  children?: ReactNode;
}

export function SubscriptionTable({ label, kind, subscriptions, children }: SubscriptionTableProps) {
  return (
    <Table label={label}>
      <THead>
        <Tr>
          <Th>{kind}</Th>
          <Th>State</Th>
          <Th numeric>
            <Term meaning={meaningOf.lag}>Lag</Term>
          </Th>
          <Th className="w-40">Lag, last 3 min</Th>
          <Th numeric>
            <Term meaning={meaningOf.behind}>Behind</Term>
          </Th>
          <Th numeric>
            <Term meaning={meaningOf.head}>Position / head</Term>
          </Th>
          <Th numeric>
            <Term meaning={meaningOf.heartbeat}>Heartbeat</Term>
          </Th>
          <Th numeric>
            <Term meaning={meaningOf.parked}>Parked</Term>
          </Th>
        </Tr>
      </THead>
      <TBody>
        {worstFirst(subscriptions).map((subscription) => (
          <Row key={subscription.name} subscription={subscription} />
        ))}
        {children}
      </TBody>
    </Table>
  );
}

export const subscriptionColumns = COLUMNS;

function Row({ subscription }: { subscription: Subscription }) {
  const { name, lagSeconds, eventsBehind, position, headPosition, heartbeatAgeSeconds, parkedEvents } = subscription;
  const { status, word } = stateOf(subscription);
  return (
    <Tr>
      <Td mono>{name}</Td>
      <Td>
        <StatusBadge status={status} quiet>
          {word}
        </StatusBadge>
      </Td>
      <Td numeric className={lagSeconds > LAG_LIMIT_SECONDS ? "font-semibold text-failed" : undefined}>
        {secondsText(lagSeconds)}
      </Td>
      <Td>
        <Trend name={name} lagSeconds={lagSeconds} />
      </Td>
      <Td numeric>{eventsBehind.toLocaleString("en-US")}</Td>
      <Td numeric mono className="text-right">
        {position} <span className="text-muted">/ {headPosition}</span>
      </Td>
      <Td numeric>{secondsText(heartbeatAgeSeconds)}</Td>
      <Td numeric>
        {parkedEvents === 0 ? (
          "0"
        ) : (
          <Link
            href={`/dead-letters?consumer=${encodeURIComponent(name)}`}
            className="font-medium text-failed underline underline-offset-3"
          >
            {parkedEvents}
          </Link>
        )}
      </Td>
    </Tr>
  );
}

function Trend({ name, lagSeconds }: { name: string; lagSeconds: number }) {
  const samples = useTrend(`lag ${name}`);
  const peak = Math.max(lagSeconds, ...samples.map((sample) => sample.value));
  const label = `Lag of ${name} since you looked: now ${secondsText(lagSeconds)}, peak ${secondsText(peak)}, limit ${LAG_LIMIT_SECONDS} s`;
  return (
    <Sparkline
      values={samples.map((sample) => sample.value)}
      threshold={LAG_LIMIT_SECONDS}
      label={label}
      className="h-6 w-36"
    />
  );
}
