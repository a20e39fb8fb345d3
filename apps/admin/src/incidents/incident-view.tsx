"use client";
/** One incident: the likely cause with what speaks for it, whom it hits, and the next safe step. */
import {
  Banner,
  Breadcrumbs,
  Facts,
  Instant,
  LinkButton,
  Money,
  PageHeader,
  Panel,
  StatusBadge,
  TextLink,
  useNow,
  type Fact,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { AcknowledgeAlert } from "../alerts/acknowledge-alert.tsx";
import { alertHref } from "../alerts/alert-href.ts";
import { stateOf, type Alert } from "../alerts/alert-state.ts";
import { useAlerts } from "../alerts/use-alerts.ts";
import { Actor } from "../console/actor.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { secondsText } from "../console/subscription-state.ts";
import { Told } from "../console/told.tsx";
import { useTRPC } from "../console/trpc.ts";
import type { Incident } from "./incident.ts";
import { NextStep } from "./next-step.tsx";

const crumbs = <Breadcrumbs items={[{ label: "Alerts", href: "/alerts" }, { label: "Incident" }]} />;

export function IncidentView({ id }: { id: number }) {
  const query = useQuery(useTRPC().incidents.byId.queryOptions({ id }, useLiveQuery()));
  const alert = useAlerts().data?.items.find((one) => one.id === id);
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the incident" panels={4} />;
    return (
      <>
        <PageHeader title="Incident" breadcrumbs={crumbs} />
        <QueryFailed query={query} what="this incident" list={{ href: "/alerts", label: "All alerts" }} />
      </>
    );
  }
  const incident = query.data;
  return (
    <>
      <Header incident={incident} alert={alert} />
      {query.isError && (
        <Banner tone="waiting" className="mb-4" role="status">
          What stands here is from before: the last look failed.
        </Banner>
      )}
      {incident.followsFrom !== null && (
        <Banner tone="waiting" className="mb-4">
          This follows from another one:{" "}
          <TextLink href={alertHref(incident.followsFrom)}>{incident.followsFrom.what}</TextLink>
        </Banner>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0 space-y-4">
          <Cause incident={incident} />
          <NextStep incident={incident} />
        </div>
        <div className="min-w-0 space-y-4">
          <Panel title={incident.until === null ? "Whom it hurts" : "Whom it hurt"}>
            <Facts items={harmOf(incident)} />
          </Panel>
          <Panel title={isAbout(incident) ? "Last change by a person" : "Last change by a person, anywhere"}>
            <LastChange incident={incident} />
          </Panel>
          <Unchecked incident={incident} />
        </div>
      </div>
    </>
  );
}

function Header({ incident, alert }: { incident: Incident; alert: Alert | undefined }) {
  const { id, what, since, until } = incident;
  const nowMs = useNow();
  const lasted = ((until === null ? (nowMs ?? 0) : Date.parse(until)) - Date.parse(since)) / 1_000;
  const state = alert && stateOf(alert);
  const taken = alert?.acknowledged;
  return (
    <PageHeader
      title={what}
      breadcrumbs={crumbs}
      beside={state && <StatusBadge status={state.status}>{state.word}</StatusBadge>}
      description={
        <>
          <p>
            Since <Instant at={since} format="precise" />
            {until !== null && (
              <>
                {" "}
                until <Instant at={until} format="precise" />
              </>
            )}
            {(until !== null || nowMs !== undefined) && `, for ${secondsText(Math.max(0, lasted))}`}
            {alert !== undefined && `. Looked after by ${alert.owner}.`}
          </p>
          {taken && (
            <p>
              Acknowledged by <Actor actor={taken.by} name={taken.name} /> at <Instant at={taken.at} format="time" />:{" "}
              {taken.reason}
            </p>
          )}
        </>
      }
      actions={alert?.status === "firing" && !taken && <AcknowledgeAlert key={id} alert={alert} />}
    />
  );
}

function Cause({ incident: { cause, evidence, follows, until } }: { incident: Incident }) {
  return (
    <Panel title={until === null ? "Likely cause" : "What it said last"}>
      <p className="text-lg break-words">
        <Told text={cause} />
      </p>
      {evidence.length > 0 && (
        <ul className="mt-3 list-disc space-y-1 pl-5 text-ink-soft">
          {evidence.map(({ says, path }) => (
            <li key={says} className="break-words">
              {path === null ? (
                <Told text={says} />
              ) : (
                <TextLink href={path}>
                  <Told text={says} />
                </TextLink>
              )}
            </li>
          ))}
        </ul>
      )}
      {follows.length > 0 && (
        <>
          <h3 className="heading mt-4 mb-1">It explains</h3>
          <ul className="list-disc space-y-1 pl-5">
            {follows.map((one) => (
              <li key={one.id}>
                <TextLink href={alertHref(one)}>{one.what}</TextLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function harmOf({ hurts, orders, money }: Incident): Fact[] {
  const sums = money.map((sum) => <Money key={sum.currency} value={sum} className="mr-3" />);
  return [
    { term: "Who", value: hurts },
    ...(orders === null
      ? []
      : [
          { term: "Orders", value: <span className="figures">{orders.toLocaleString("en-US")}</span> },
          { term: "Worth", value: sums.length === 0 ? "nothing" : sums },
        ]),
  ];
}

const isAbout = ({ lastChange, subject }: Incident): boolean => lastChange === null || lastChange.subject === subject;

function LastChange({ incident: { lastChange, since } }: { incident: Incident }) {
  if (lastChange === null)
    return <p className="text-muted">Nobody changed anything at the console or the terminal in the hour before.</p>;
  const { at, who, action, subject, subjectName, reason } = lastChange;
  return (
    <>
      <p>
        {who}, <Instant at={at} format="precise" /> (
        {secondsText(Math.max(0, Date.parse(since) - Date.parse(at)) / 1_000)} before it fired)
      </p>
      <p className="mt-1 break-words">
        <span className="font-mono text-sm">{action}</span> <span title={subject}>{subjectName ?? subject}</span>: “
        {reason}”
      </p>
      <LinkButton size="sm" className="mt-3" href={`/audit?${new URLSearchParams({ action, subject })}`}>
        In the audit
      </LinkButton>
    </>
  );
}

function Unchecked({ incident: { unchecked } }: { incident: Incident }) {
  if (unchecked.length === 0) return null;
  return (
    <Panel title="What could not be checked">
      <ul className="list-disc space-y-1 pl-5">
        {unchecked.map((what) => (
          <li key={what} className="break-words">
            <Told text={what} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
