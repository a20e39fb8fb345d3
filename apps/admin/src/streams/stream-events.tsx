"use client";
/** Each event of a stream as one line that opens to its payload, what is new in it marked. */
import { Badge, Instant, JsonView, Link, Term } from "@tillstream/ui";
import ChevronRight from "lucide-react/icons/chevron-right";
import type { Outputs } from "../console/trpc.ts";
import { pathsToldAnew } from "../events/changed-paths.ts";
import { eventHref } from "../links/events.ts";

export type StreamEvent = Outputs["streams"]["read"]["events"][number];

const PATHS_SHOWN = 6;

export function StreamEvents({ events }: { events: readonly StreamEvent[] }) {
  const changes = pathsToldAnew(events.map((event) => event.data));
  return (
    <ol aria-label="Events of the stream" className="@container rounded-md border border-line bg-surface">
      {events.map((event, index) => (
        <StreamEntry key={event.eventId} event={event} changed={changes[index] ?? []} />
      ))}
    </ol>
  );
}

function StreamEntry({ event, changed }: { event: StreamEvent; changed: readonly string[] }) {
  const { eventId, version, type, schemaVersion, recordedAt, metadata, position, data } = event;
  return (
    <li className="border-b border-line last:border-b-0">
      <details className="group/entry">
        <summary className="grid grid-cols-[1rem_1.75rem_minmax(0,1fr)] items-center gap-x-2 px-3 py-1.5 hover:bg-sunken/70 @3xl:grid-cols-[1rem_1.75rem_minmax(10rem,16rem)_minmax(0,1fr)_auto]">
          <ChevronRight
            size={14}
            aria-hidden="true"
            className="text-muted transition-transform group-open/entry:rotate-90"
          />
          <span className="figures text-right font-mono text-sm text-muted">{version}</span>
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium">{type}</span>
            <Badge mono>v{schemaVersion}</Badge>
          </span>
          <span className="col-start-3 min-w-0 @3xl:col-start-auto">
            <Paths paths={changed} />
          </span>
          <span className="col-start-3 text-sm text-muted @3xl:col-start-auto">
            <Instant at={recordedAt} format="precise" />
          </span>
        </summary>
        <div className="space-y-2 border-t border-line bg-sunken/60 p-3">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
            <Link
              href={eventHref(eventId)}
              className="inline-flex min-h-6 items-center text-ink underline underline-offset-3"
            >
              Open event
            </Link>
            <span>{position === null ? "not published yet" : `position ${position}`}</span>
            <span className="font-mono">{metadata.actor}</span>
          </div>
          <JsonView value={data} label={`Payload of version ${version}`} highlight={changed} />
        </div>
      </details>
    </li>
  );
}

/** The places whose value no earlier event of this stream had given. */
function Paths({ paths }: { paths: readonly string[] }) {
  if (paths.length === 0) return <span className="text-sm text-muted">nothing new</span>;
  return (
    <span className="flex flex-wrap gap-x-2 font-mono text-sm text-ink-soft">
      {paths.slice(0, PATHS_SHOWN).map((path) => (
        <span key={path} className="break-all">
          {path}
        </span>
      ))}
      {paths.length > PATHS_SHOWN && <span className="text-muted">+{paths.length - PATHS_SHOWN}</span>}
    </span>
  );
}

export function PathsLegend() {
  return (
    <p className="mt-2 text-sm text-muted">
      Beside each event:{" "}
      <Term meaning="A path counts as changed when no earlier event of this stream gave the same value for it.">
        paths changed
      </Term>
      .
    </p>
  );
}
