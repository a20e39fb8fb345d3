"use client";
/** A stream as a ledger: each event, what it changed in the state, and the balance or status after it. */
import { Badge, Banner, Button, cn, Instant, JsonView, Link, StatusBadge, statusFor } from "@tillstream/ui";
import { Table, TBody, Td, Term, Th, THead, Tr } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { Fragment } from "react";
import { actorWords } from "../console/actor-words.ts";
import { failureOf } from "../console/failure.ts";
import { onRowClick, RowToggle, useOpenRows } from "../console/open-rows.tsx";
import { eventHref } from "../links/events.ts";
import type { Standing } from "./at.ts";
import { placeOf, valueOf } from "./change-words.ts";
import { Changes, Shown } from "./changes.tsx";
import { shapeOf, type Shape } from "./shapes.ts";
import { useChanges, type Step, type StreamEvent } from "./use-changes.ts";

interface LedgerProps {
  readonly streamId: string;
  readonly events: readonly StreamEvent[];
  /** Where one stands, and the way to another version; without it, one cannot travel. */
  readonly travel?: { readonly standing: Standing; to(version: number): void } | undefined;
  /** Of streams whose state nothing can replay there are the events alone. */
  readonly hasState: boolean;
}

export function Ledger({ streamId, events, travel, hasState }: LedgerProps) {
  const shape = shapeOf(events[0]?.streamType ?? "");
  const { query, steps } = useChanges(streamId, hasState ? events : [], shape);
  const { open, toggle, chosen, rowRef } = useOpenRows(events.map(({ eventId }) => eventId));
  const columns = 2 + (shape === undefined ? 0 : 1) + (travel === undefined ? 0 : 1);
  const isPast = travel?.standing.isChosen === true && travel.standing.version < travel.standing.newest;
  return (
    <>
      <ChangesProblem query={query} known={events.findLast(({ version }) => steps.has(version))?.version} />
      <Table label="Events of the stream" density="reading">
        <THead>
          <Tr>
            <Th numeric>
              <Term meaning={glossary.version}>Version</Term>
            </Th>
            <Th className="w-full">Event{hasState && ", and what it changed"}</Th>
            {shape !== undefined && <Th numeric={isFigure(shape)}>{shape.figure.title} after</Th>}
            {travel !== undefined && <Th aria-label="Travel" />}
          </Tr>
        </THead>
        <TBody>
          {events.map((event) => (
            <Fragment key={event.eventId}>
              {isPast && event.version === travel.standing.version + 1 && (
                <tr>
                  <td colSpan={columns} className="bg-waiting-soft px-3 py-1 text-sm text-waiting">
                    What follows had not happened yet
                  </td>
                </tr>
              )}
              <Tr
                ref={rowRef(event.eventId)}
                selected={chosen === event.eventId}
                onClick={onRowClick(() => toggle(event.eventId))}
                aria-current={event.version === travel?.standing.version ? "step" : undefined}
                className={cn("cursor-pointer align-top", lookOf(event.version, travel?.standing))}
              >
                <Td numeric mono className="align-top max-sm:self-start">
                  <RowToggle
                    open={open.has(event.eventId)}
                    label={`Version ${event.version}, ${event.type}`}
                    onToggle={() => toggle(event.eventId)}
                  >
                    {event.version}
                  </RowToggle>
                </Td>
                <Td className="max-sm:flex-1 max-sm:basis-60">
                  <EventCell event={event} step={steps.get(event.version)} shape={shape} isKnown={query.isSuccess} />
                </Td>
                {shape !== undefined && (
                  <Td numeric={isFigure(shape)} label={shape.figure.title} className="align-top font-medium">
                    <Figure step={steps.get(event.version)} shape={shape} />
                  </Td>
                )}
                {travel !== undefined && (
                  <Td className="align-top whitespace-nowrap max-sm:ml-auto">
                    <TravelCell version={event.version} {...travel} />
                  </Td>
                )}
              </Tr>
              {open.has(event.eventId) && (
                <tr>
                  <td colSpan={columns} className="max-w-0 border-b border-line bg-sunken/60 p-3">
                    <Payload event={event} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </TBody>
      </Table>
    </>
  );
}

function lookOf(version: number, standing: Standing | undefined): string | undefined {
  if (standing === undefined || !standing.isChosen) return undefined;
  if (version > standing.version) return "text-muted grayscale";
  return version === standing.version ? "bg-waiting-soft hover:bg-waiting-soft" : undefined;
}

const isFigure = (shape: Shape) => placeOf(shape.figure.path, shape).isMoney === true;

interface EventCellProps {
  readonly event: StreamEvent;
  readonly step: Step | undefined;
  readonly shape: Shape | undefined;
  readonly isKnown: boolean;
}

function EventCell({ event, step, shape, isKnown }: EventCellProps) {
  const { eventId, type, schemaVersion, snapshot, recordedAt, metadata, actorName } = event;
  return (
    <div className="min-w-0 flex-1">
      <p className="flex flex-wrap items-center gap-x-2">
        <Link
          href={eventHref(eventId)}
          className="inline-flex min-h-6 items-center font-medium break-all underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {type}
        </Link>
        <Badge mono title={`Stored as version ${schemaVersion} of this type's schema`}>
          v{schemaVersion}
        </Badge>
        {snapshot !== null && (
          <Badge
            tone="outline"
            title={
              snapshot === "used"
                ? `${glossary.snapshot} One was taken after this event.`
                : "A snapshot in an older shape, which is not used any more."
            }
          >
            {snapshot === "used" ? "snapshot" : "old snapshot"}
          </Badge>
        )}
        <span className="text-sm text-muted">
          <Instant at={recordedAt} format="precise" />, by {actorWords(metadata.actor, actorName)}
        </span>
      </p>
      {step !== undefined && <Changes changes={step.changes} shape={shape} shown={step.shown} />}
      {step === undefined && isKnown && <p className="text-sm text-muted">what it changed is not known here</p>}
    </div>
  );
}

function Figure({ step, shape }: { step: Step | undefined; shape: Shape }) {
  const value = step?.shown[shape.figure.path];
  if (step === undefined || value === undefined) return <span className="text-muted">–</span>;
  if (!isFigure(shape) && typeof value === "string")
    return <StatusBadge status={statusFor(value)}>{value}</StatusBadge>;
  return <Shown value={valueOf(value, shape.currency === undefined ? undefined : step.shown[shape.currency])} />;
}

/** One button, whichever it says, so that who presses it keeps the focus. */
function TravelCell({ version, standing, to }: { version: number } & NonNullable<LedgerProps["travel"]>) {
  const isHere = version === standing.version;
  const word = !isHere ? "Travel here" : standing.isChosen ? "You are here" : "Now";
  return (
    <Button
      size="sm"
      variant={isHere ? "primary" : "ghost"}
      aria-label={isHere ? undefined : `Travel here, to version ${version}`}
      onClick={() => isHere || to(version)}
    >
      {word}
    </Button>
  );
}

function Payload({ event: { eventId, version, position, metadata, data } }: { event: StreamEvent }) {
  return (
    <div className="space-y-2 whitespace-normal">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <Link
          href={eventHref(eventId)}
          className="inline-flex min-h-6 items-center text-ink underline underline-offset-3"
        >
          Open event
        </Link>
        <span>{position === null ? "not published yet" : `position ${position}`}</span>
        <span className="font-mono break-all">{metadata.actor}</span>
      </div>
      <JsonView value={data} label={`Payload of version ${version}, as stored`} />
    </div>
  );
}

interface ChangesProblemProps {
  readonly query: ReturnType<typeof useChanges>["query"];
  /** The last version on the page whose changes are known. */
  readonly known: number | undefined;
}

function ChangesProblem({ query, known }: ChangesProblemProps) {
  const problem = query.isError ? failureOf(query.error).message : query.data?.problem;
  if (problem === undefined || problem === null) return null;
  return (
    <Banner tone="failed" className="mb-3" title="What the events changed is not known for all of them" role="status">
      {known !== undefined && `It is known up to version ${known}. `}
      {problem}. The events themselves are all here.
    </Banner>
  );
}
