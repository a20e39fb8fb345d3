"use client";
/** One projection: how far it is, how it got there, and what can be done about it. */
import {
  Breadcrumbs,
  EmptyState,
  LinkButton,
  PageHeader,
  Panel,
  StatTile,
  StatusBadge,
  TableMessage,
  Term,
} from "@tillstream/ui";
import { AlertTable, alertColumns } from "../alerts/alert-table.tsx";
import { useAlerts } from "../alerts/use-alerts.ts";
import { glossary } from "@tillstream/eventing/glossary";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { deadLettersHref } from "../links/dead-letters.ts";
import { ComparePanel } from "../stepping/compare-panel.tsx";
import { StepPanel } from "../stepping/step-panel.tsx";
import { LagOf } from "./lag-charts.tsx";
import { ProjectionControls } from "./projection-controls.tsx";
import { RebuildPanel } from "./rebuild-panel.tsx";
import {
  etaText,
  HEARTBEAT_LIMIT_SECONDS,
  LAG_LIMIT_SECONDS,
  rateText,
  secondsText,
  stateOf,
  type Subscription,
  type Trend,
} from "../console/subscription-state.ts";
import { useProjections, useTrends } from "./use-subscriptions.ts";

export function ProjectionView({ name }: { name: string }) {
  const query = useProjections();
  const trend = useTrends().data?.find(({ projection }) => projection === name);
  const subscription = query.data?.find((each) => each.name === name);
  const state = subscription && stateOf(subscription);
  const header = (
    <PageHeader
      title={<span className="font-mono">{name}</span>}
      breadcrumbs={<Breadcrumbs items={[{ label: "Projections", href: "/projections" }, { label: name }]} />}
      beside={state && <StatusBadge status={state.status}>{state.word}</StatusBadge>}
    />
  );
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the projection" panels={4} />;
    return (
      <>
        {header}
        <QueryFailed query={query} what="this projection" />
      </>
    );
  }
  if (subscription === undefined) {
    return (
      <>
        {header}
        <EmptyState title="Not found" action={<LinkButton href="/projections">All projections</LinkButton>}>
          There is no projection {name}. The address may be mistyped. A projection registers when a worker that has it
          starts for the first time.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      {header}
      <Figures subscription={subscription} trend={trend} />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 space-y-4">
          <Panel
            title="Lag in the last five minutes"
            description="Measured every second, whether or not this page is open."
          >
            <LagOf title="At the last measurement" trend={trend} />
          </Panel>
        </div>
        <div className="min-w-0 space-y-4">
          <ProjectionControls subscription={subscription} />
          <RebuildPanel subscription={subscription} />
        </div>
      </div>
      <div className="mt-4 space-y-4">
        <StepPanel name={name} />
        <ComparePanel name={name} />
      </div>
      <Alerts name={name} />
    </>
  );
}

function Figures({ subscription, trend }: { subscription: Subscription; trend: Trend | undefined }) {
  const { name, lagSeconds, eventsBehind, position, headPosition, heartbeatAgeSeconds, openLetters } = subscription;
  const late = lagSeconds > LAG_LIMIT_SECONDS;
  const silent = heartbeatAgeSeconds > HEARTBEAT_LIMIT_SECONDS;
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <StatTile
        label={<Term meaning={glossary.lag}>Lag now</Term>}
        value={secondsText(lagSeconds)}
        secondary={`limit ${LAG_LIMIT_SECONDS} s`}
        status={late ? "failed" : undefined}
        statusWord={late ? `over ${LAG_LIMIT_SECONDS} s` : undefined}
      />
      <StatTile
        label={<Term meaning={glossary.behind}>Events behind</Term>}
        value={eventsBehind.toLocaleString("en-US")}
        secondary={`position ${position} of ${headPosition}`}
      />
      <StatTile
        label={<Term meaning={glossary.rate}>Events a second</Term>}
        value={rateText(trend?.eventsPerSecond)}
        secondary="over the last 30 s"
      />
      <StatTile
        label={<Term meaning={glossary.eta}>Caught up in</Term>}
        value={etaText(trend, eventsBehind)}
        secondary="at the present rate"
      />
      <StatTile
        label={<Term meaning={glossary.heartbeat}>Heartbeat</Term>}
        value={secondsText(heartbeatAgeSeconds)}
        secondary="ago"
        status={silent ? "failed" : undefined}
        statusWord={silent ? "worker is silent" : undefined}
      />
      <StatTile
        href={deadLettersHref({ consumer: name })}
        label="Dead letters"
        value={openLetters.toLocaleString("en-US")}
        secondary={openLetters === 0 ? "none is open" : "failed, and what waits behind"}
        status={openLetters > 0 ? "failed" : undefined}
        statusWord={openLetters > 0 ? "open" : undefined}
      />
    </div>
  );
}

function Alerts({ name }: { name: string }) {
  const query = useAlerts();
  const alerts = query.data?.items.filter(({ projection }) => projection === name) ?? [];
  return (
    <div className="mt-5 min-w-0">
      <h2 className="heading mb-2 text-lg">Alerts</h2>
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what="its alerts" />
      ) : (
        <AlertTable label={`Alerts of ${name}`} alerts={alerts}>
          {query.data !== undefined && alerts.length === 0 && (
            <TableMessage columns={alertColumns}>
              <EmptyState title="0 alerts" level={3}>
                It has not been over its limit lately.
              </EmptyState>
            </TableMessage>
          )}
        </AlertTable>
      )}
    </div>
  );
}
