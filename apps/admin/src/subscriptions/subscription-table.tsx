"use client";
/** Projections, or consumers, worst first or by a column, with the course of their lag: as the server measured it, or this tab. */
import { Link, Sparkline, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr } from "@tillstream/ui";
import type { ReactNode } from "react";
import { glossary } from "@tillstream/eventing/glossary";
import { useColumnSort } from "../console/use-column-sort.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { deadLettersHref } from "../links/dead-letters.ts";
import { projectionHref } from "../links/events.ts";
import { useTrend } from "./lag-trend.ts";
import {
  etaText,
  LAG_LIMIT_SECONDS,
  rateText,
  secondsText,
  stateOf,
  worstFirst,
  type Subscription,
  type Trend,
} from "../console/subscription-state.ts";
import { sortKeys } from "./subscription-address.ts";
import { SwitchButton } from "./switch-button.tsx";
import { SwitchDialog } from "./switch-dialog.tsx";
import { useSwitch } from "./use-switch.ts";

interface SubscriptionTableProps {
  label: string;
  kind: "Projection" | "Consumer";
  subscriptions: readonly Subscription[];
  /** Of projections only: the server measures them. */
  trends?: readonly Trend[] | undefined;
  /** In place of rows. */
  children?: ReactNode;
}

export function SubscriptionTable({ label, kind, subscriptions, trends, children }: SubscriptionTableProps) {
  const { rows, head } = useColumnSort(worstFirst(subscriptions), sortKeys);
  const hrefOf = ({ name }: Subscription) =>
    kind === "Projection" ? projectionHref(name) : deadLettersHref({ consumer: name });
  const { chosen, rowRef } = useRowLinks(rows.map(hrefOf));
  return (
    <Table label={label}>
      <THead>
        <Tr>
          <Th sort={head("name")}>{kind}</Th>
          <Th sort={head("state")}>State</Th>
          <Th numeric sort={{ ...head("lag"), label: "lag" }}>
            <Term meaning={glossary.lag}>Lag</Term>
          </Th>
          <Th className="w-40">Lag, last {kind === "Projection" ? 5 : 3} min</Th>
          <Th numeric sort={{ ...head("behind"), label: "events behind" }}>
            <Term meaning={glossary.behind}>Behind</Term>
          </Th>
          {kind === "Projection" && (
            <>
              <Th numeric>
                <Term meaning={glossary.rate}>Events/s</Term>
              </Th>
              <Th numeric>
                <Term meaning={glossary.eta}>Caught up in</Term>
              </Th>
            </>
          )}
          <Th numeric>
            <Term meaning={glossary.head}>Position / head</Term>
          </Th>
          <Th numeric sort={{ ...head("heartbeat"), label: "heartbeat" }}>
            <Term meaning={glossary.heartbeat}>Heartbeat</Term>
          </Th>
          <Th numeric sort={{ ...head("deadLetters"), label: "dead letters" }}>
            <Term meaning={glossary.open}>Dead letters</Term>
          </Th>
          {kind === "Consumer" && <Th>Pause or resume</Th>}
        </Tr>
      </THead>
      <TBody>
        {rows.map((subscription) => (
          <Row
            key={subscription.name}
            chosen={chosen === hrefOf(subscription)}
            rowRef={rowRef(hrefOf(subscription))}
            subscription={subscription}
            kind={kind}
            trend={trends?.find(({ projection }) => projection === subscription.name)}
          />
        ))}
        {children}
      </TBody>
    </Table>
  );
}

export const subscriptionColumns = { Projection: 10, Consumer: 9 } as const;

interface RowProps {
  chosen: boolean;
  rowRef(row: HTMLElement | null): void;
  subscription: Subscription;
  kind: "Projection" | "Consumer";
  trend: Trend | undefined;
}

function Row({ chosen, rowRef, subscription, kind, trend }: RowProps) {
  const { name, lagSeconds, eventsBehind, position, headPosition, heartbeatAgeSeconds, openLetters } = subscription;
  const { status, word } = stateOf(subscription);
  return (
    <Tr ref={rowRef} selected={chosen}>
      <Td mono>
        {kind === "Consumer" ? (
          name
        ) : (
          <Link
            href={projectionHref(name)}
            className="inline-flex min-h-6 items-center underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {name}
          </Link>
        )}
      </Td>
      <Td>
        <StatusBadge status={status} quiet>
          {word}
        </StatusBadge>
      </Td>
      <Td numeric label="Lag" className={lagSeconds > LAG_LIMIT_SECONDS ? "font-semibold text-failed" : undefined}>
        {secondsText(lagSeconds)}
      </Td>
      <Td wide>
        {kind === "Projection" ? (
          <LagLine name={name} lagSeconds={lagSeconds} values={trend?.points.map((point) => point.lagSeconds) ?? []} />
        ) : (
          <SampledLine name={name} lagSeconds={lagSeconds} />
        )}
      </Td>
      <Td numeric label="Behind">
        {eventsBehind.toLocaleString("en-US")}
      </Td>
      {kind === "Projection" && (
        <>
          <Td numeric label="Events/s">
            {rateText(trend?.eventsPerSecond)}
          </Td>
          <Td numeric label="Caught up in">
            {etaText(trend, eventsBehind)}
          </Td>
        </>
      )}
      <Td numeric mono label="Position" className="text-right">
        {position} <span className="text-muted">/ {headPosition}</span>
      </Td>
      <Td numeric label="Heartbeat">
        {secondsText(heartbeatAgeSeconds)}
      </Td>
      <Td numeric label="Dead letters">
        {openLetters === 0 ? (
          "0"
        ) : (
          <Link
            href={deadLettersHref({ consumer: name })}
            className="font-medium text-failed underline underline-offset-3"
          >
            {openLetters}
          </Link>
        )}
      </Td>
      {kind === "Consumer" && (
        <Td className="max-sm:ml-auto">
          <ConsumerSwitch consumer={subscription} />
        </Td>
      )}
    </Tr>
  );
}

function ConsumerSwitch({ consumer }: { consumer: Subscription }) {
  const onOff = useSwitch("consumer", consumer);
  return (
    <span className="flex flex-wrap items-center gap-2">
      <SwitchButton of={onOff} name={consumer.name} />
      <SwitchDialog of={onOff} />
    </span>
  );
}

/** What this tab saw, of those that the server does not measure. */
function SampledLine({ name, lagSeconds }: { name: string; lagSeconds: number }) {
  const samples = useTrend(`lag ${name}`);
  return <LagLine name={name} lagSeconds={lagSeconds} values={samples.map((sample) => sample.value)} />;
}

function LagLine({ name, lagSeconds, values }: { name: string; lagSeconds: number; values: readonly number[] }) {
  const peak = Math.max(lagSeconds, ...values);
  const label = `Lag of ${name}: now ${secondsText(lagSeconds)}, peak ${secondsText(peak)}, limit ${LAG_LIMIT_SECONDS} s`;
  return <Sparkline values={values} threshold={LAG_LIMIT_SECONDS} label={label} className="h-6 w-24" />;
}
