"use client";
/** A projection taken event by event over a stream, a correlation or a range: each event opens to its rows before and after. */
import { Badge, Banner, cn, Instant, Link, Panel, SkeletonText, StatusBadge } from "@tillstream/ui";
import { BY_POST } from "@tillstream/trpc/client";
import { useQuery } from "@tanstack/react-query";
import { failureOf } from "../console/failure.ts";
import { RowToggle, useOpenRows } from "../console/open-rows.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { eventHref, streamHref } from "../links/events.ts";
import { RowPair, rowName } from "./row-pair.tsx";
import { ScopeForm, useScope, type Scope, type ScopeKind } from "./scope-form.tsx";

const STEPS = 200;
const RANGE = /^(\d{1,15})\s*(?:-|to)\s*(\d{1,15})$/;

const kinds: readonly ScopeKind[] = [
  { value: "stream", label: "Stream", example: "order-… or account-…" },
  { value: "correlation", label: "Correlation", example: "the correlation id of an order's events" },
  { value: "range", label: "Positions", example: "120-180" },
];

type Stepped = Outputs["projections"]["step"];
type Step = Stepped["steps"][number];

/** Undefined where the text is not what the kind takes. */
function inputOf(name: string, { kind, text }: Scope) {
  const range = RANGE.exec(text);
  if (kind === "range")
    return range === null
      ? undefined
      : { name, fromPosition: Number(range[1]), toPosition: Number(range[2]), limit: STEPS };
  return kind === "correlation" ? { name, correlationId: text, limit: STEPS } : { name, streamId: text, limit: STEPS };
}

export function StepPanel({ name }: { name: string }) {
  const { scope, isAsked, ask } = useScope("step", kinds);
  const input = scope.text === "" ? undefined : inputOf(name, scope);
  const steps = useQuery(
    useTRPC().projections.step.queryOptions(input ?? { name, streamId: scope.text }, {
      enabled: isAsked && input !== undefined,
      retry: false,
      trpc: { context: BY_POST },
    }),
  );
  const notRange = isAsked && input === undefined ? "Enter two positions, such as 120-180." : undefined;
  return (
    <Panel
      title="Step through"
      aria-label="Step through"
      description="What each event makes of the rows, on tables of its own. Nothing is written."
    >
      <ScopeForm
        kinds={kinds}
        scope={scope}
        action="Step through"
        busy={steps.isFetching}
        error={notRange ?? (steps.isError ? failureOf(steps.error).message : undefined)}
        onAsk={(next) => {
          if (isAsked && next.kind === scope.kind && next.text === scope.text) void steps.refetch();
          ask(next);
        }}
      />
      <div role="status" className="mt-3 empty:hidden">
        {isAsked && steps.isLoading && <SkeletonText lines={4} />}
        {isAsked && steps.data !== undefined && <Summary stepped={steps.data} />}
      </div>
      {isAsked && steps.data !== undefined && steps.data.steps.length > 0 && <Steps stepped={steps.data} />}
    </Panel>
  );
}

function Summary({ stepped: { steps, truncated, shared, asOf } }: { stepped: Stepped }) {
  if (steps.length === 0) return <p className="text-muted">None of these events is one that the projection reads.</p>;
  return (
    <p className="text-sm text-muted">
      {steps.length === 1 ? "1 event" : `${steps.length} events`}
      {truncated && ", and there are more: choose a narrower range"}. The live projection has read up to position {asOf}
      .{shared && " Other streams change these rows too: shown is what these events alone bring."}
    </p>
  );
}

function Steps({ stepped: { steps, asOf } }: { stepped: Stepped }) {
  const { open, toggle, chosen, rowRef } = useOpenRows(steps.map(({ event }) => event.eventId));
  return (
    <ol aria-label="Steps" className="@container mt-2 rounded-md border border-line">
      {steps.map((step) => {
        const { eventId } = step.event;
        return (
          <li
            key={eventId}
            ref={rowRef(eventId)}
            className={cn("border-b border-line px-3 py-1.5 last:border-b-0", chosen === eventId && "bg-sunken")}
          >
            <StepLine
              step={step}
              isRead={step.event.position <= asOf}
              open={open.has(eventId)}
              onToggle={() => toggle(eventId)}
            />
            {open.has(eventId) && <Opened step={step} />}
          </li>
        );
      })}
    </ol>
  );
}

interface StepLineProps {
  step: Step;
  /** The live projection has read the event. */
  isRead: boolean;
  open: boolean;
  onToggle(): void;
}

function StepLine({ step: { event, rows, failure }, isRead, open, onToggle }: StepLineProps) {
  const changed = rows.flatMap(({ changes }) => changes.map(({ path }) => path));
  const made = rows.filter(({ before }) => before === null);
  return (
    <div className="grid grid-cols-1 gap-x-3 @2xl:grid-cols-[minmax(12rem,16rem)_minmax(0,1fr)_auto] @2xl:items-center">
      <RowToggle open={open} label={`${event.type}, position ${event.position}`} onToggle={onToggle}>
        <span className="figures font-mono text-sm text-muted">{event.position}</span>
        <span className="truncate font-medium">{event.type}</span>
      </RowToggle>
      <span className="min-w-0 font-mono text-sm break-words text-ink-soft">
        {failure !== null && <StatusBadge status="failed">cannot be taken</StatusBadge>}
        {!isRead && <Badge>not read yet</Badge>}{" "}
        {[...made.map((row) => `new: ${rowName(row)}`), ...new Set(changed)].join(" ")}
        {rows.length === 0 && failure === null && <span className="text-muted">changes no row</span>}
      </span>
      <span className="text-sm text-muted">
        <Instant at={event.recordedAt} format="precise" />
      </span>
    </div>
  );
}

function Opened({ step: { event, rows, failure } }: { step: Step }) {
  return (
    <div className="mt-2 space-y-3 border-t border-line pt-3 pb-1">
      <p className="flex flex-wrap gap-x-4 text-sm">
        <Link href={eventHref(event.eventId)} className="inline-flex min-h-6 items-center underline underline-offset-3">
          Open event
        </Link>
        <Link
          href={streamHref(event.streamId)}
          className="inline-flex min-h-6 items-center underline underline-offset-3"
        >
          Open stream
        </Link>
        <span className="inline-flex min-h-6 items-center text-muted">version {event.version}</span>
      </p>
      {failure !== null && (
        <Banner tone="failed" title="The projection cannot take this event">
          <span className="font-mono text-sm break-words">{failure}</span>
        </Banner>
      )}
      {rows.map((row) => (
        <RowPair
          key={rowName(row)}
          of={row}
          left={{ title: "Before", row: row.before, none: "no row yet" }}
          right={{ title: "After", row: row.after, none: "the row is gone" }}
          changes={row.changes}
        />
      ))}
    </div>
  );
}
