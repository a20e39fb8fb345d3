"use client";
/** What each projection had made of a stream's events after one of its versions, beside what is there now. */
import { Link, Panel, SkeletonText } from "@tillstream/ui";
import { BY_POST } from "@tillstream/trpc/client";
import ChevronRight from "lucide-react/icons/chevron-right";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { failureOf } from "../console/failure.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useSettled } from "../console/use-settled.ts";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { projectionHref } from "../links/events.ts";
import { RowPair, rowName } from "../stepping/row-pair.tsx";

const SETTLED_MS = 500;
/** The server limits how many of these run at once, and answers 429 to the others: those are tried again. */
const TRIES = 5;

type Model = Outputs["projections"]["at"]["models"][number];

/** @param version without it, the stream's last */
export function ReadModels({ streamId, version }: { streamId: string; version: number | undefined }) {
  const settled = useSettled(version, SETTLED_MS);
  const query = useQuery(
    useTRPC().projections.at.queryOptions(
      { streamId, ...(settled !== undefined && { version: settled }) },
      {
        trpc: { context: BY_POST },
        placeholderData: keepPreviousData,
        retry: (tries, error) => tries < TRIES && failureOf(error).code === "TOO_MANY_REQUESTS",
      },
    ),
  );
  const when = settled === undefined ? "after the last event" : `after version ${settled}`;
  return (
    <Panel
      title="Read models"
      aria-label="Read models"
      description={`What the projections made of this stream ${when}, beside what is there now.`}
    >
      {query.data === undefined ? (
        query.isError ? (
          <QueryFailed query={query} what="the read models" />
        ) : (
          <SkeletonText lines={4} />
        )
      ) : query.data.models.length === 0 ? (
        <p className="text-muted">No projection reads this stream.</p>
      ) : (
        <div className="space-y-3">
          {query.data.models.map((model) => (
            <ReadModel key={model.projection} model={model} when={when} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function ReadModel({ model: { projection, shared, rowCount, rows }, when }: { model: Model; when: string }) {
  const differing = rows.filter((row) => row.changes.length > 0 || row.past === null || row.now === null);
  const isSame = differing.length === 0;
  return (
    <details open={!isSame} className="group/model rounded-md border border-line">
      <summary className="flex min-h-9 flex-wrap items-center gap-x-3 px-3 py-1 hover:bg-sunken/70">
        <ChevronRight
          size={14}
          aria-hidden="true"
          className="text-muted transition-transform group-open/model:rotate-90"
        />
        <span className="font-mono text-sm font-medium">{projection}</span>
        <span className="text-sm text-muted">
          {isSame
            ? "the same then and now"
            : differing.length === 1
              ? "1 row differs"
              : `${differing.length} rows differ`}
        </span>
      </summary>
      <div className="space-y-3 border-t border-line p-3">
        <p className="text-sm text-muted">
          <Link
            href={projectionHref(projection)}
            className="inline-flex min-h-6 items-center underline underline-offset-3"
          >
            Open projection
          </Link>
          {shared && " Other streams change these rows too: shown is what this stream alone brings."}
          {rowCount > rows.length && ` The first ${rows.length} of ${rowCount} rows are shown.`}
        </p>
        {rows.map((row) => (
          <RowPair
            key={rowName(row)}
            of={row}
            left={{ title: "Then", row: row.past, none: `no row ${when}` }}
            right={{ title: "Now", row: row.now, none: "no row" }}
            changes={row.changes}
          />
        ))}
      </div>
    </details>
  );
}
