"use client";
/** The health of each part, and since when. What is wrong comes first and is bigger. */
import { Link, Skeleton, StatusBadge, type Status } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useOpenAlerts } from "../alerts/use-alerts.ts";
import { failureOf } from "../console/failure.ts";
import { useLiveQuery } from "../console/live.tsx";
import { Told, When } from "../console/told.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";

type Part = Outputs["alerts"]["health"]["parts"][number];

const states = {
  firing: { status: "failed", word: "wrong" },
  unknown: { status: "parked", word: "cannot be asked" },
  pending: { status: "waiting", word: "may be wrong" },
  ok: { status: "done", word: "in order" },
} as const satisfies Record<Part["status"], { status: Status; word: string }>;

const order: readonly Part["status"][] = ["firing", "unknown", "pending", "ok"];

/** A cause before what follows from it. */
const rank = ({ part, status }: Part, causes: ReadonlySet<string>): number =>
  order.indexOf(status) * 2 - Number(causes.has(part));

export function HealthTiles() {
  const query = useQuery(useTRPC().alerts.health.queryOptions(undefined, useLiveQuery()));
  const alerts = useOpenAlerts().data?.items ?? [];
  const causes = new Set(alerts.filter(({ causeId }) => causeId === null).map(({ part }) => part));
  const parts = query.data?.parts ?? [];
  const known = query.isError ? parts.map((part) => asOf(part, query.dataUpdatedAt)) : parts;
  const shown = query.isError ? [away(query.error, query.dataUpdatedAt), ...known] : known;
  return (
    <section aria-label="Health of the parts" className="mt-3">
      {query.isPending && <Skeleton className="h-24 rounded-lg" />}
      {query.isSuccess && parts.length === 0 && (
        <p className="text-sm text-muted">Nothing has been asked yet. The first answers are here in a few seconds.</p>
      )}
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-5">
        {shown
          .toSorted((one, other) => rank(one, causes) - rank(other, causes))
          .map((part) => (
            <Tile key={part.part} part={part} isCause={causes.has(part.part) || query.isError} />
          ))}
      </ul>
    </section>
  );
}

/** What was known before the console could not be reached. */
const asOf = (part: Part, at: number): Part => ({
  ...part,
  status: "unknown",
  since: new Date(at).toISOString(),
  says: [],
});

function away(error: unknown, at: number): Part {
  const detail = `cannot be asked: ${failureOf(error).message}`;
  const since = new Date(at).toISOString();
  return { part: "Console", status: "firing", since, says: [{ title: "", subject: "", detail }], path: "/alerts" };
}

interface TileProps {
  part: Part;
  /** Nothing explains what is wrong with it. */
  isCause: boolean;
}

function Tile({ part: { part, status, since, says, path }, isCause }: TileProps) {
  const isBig = status === "firing" && isCause;
  const { word, status: meaning } = states[status];
  const lines = says.filter(({ detail }) => detail !== null && detail !== "");
  return (
    <li
      className={`relative flex min-w-0 flex-col gap-1 rounded-lg border bg-surface p-3 transition-colors hover:border-field ${
        isBig ? "col-span-2 border-2 border-failed" : status === "firing" ? "border-failed/60" : "border-line"
      }`}
    >
      <Link
        href={path}
        className={`after:absolute after:inset-0 after:rounded-lg ${isBig ? "heading text-2xl" : "text-sm font-medium"}`}
      >
        {part}
      </Link>
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
        <StatusBadge status={meaning} quiet={!isBig}>
          {status === "firing" && !isCause ? "follows" : word}
        </StatusBadge>
        <span>
          since <When at={since} />
        </span>
      </p>
      {lines.slice(0, isBig ? 4 : 2).map(({ title, subject, detail }) => (
        <p
          key={`${title} ${subject}`}
          className={`text-sm break-words ${isBig ? "text-ink" : "line-clamp-2 text-ink-soft"}`}
          title={detail ?? undefined}
        >
          {subject !== "" && `${subject}: `}
          <Told text={detail ?? ""} />
        </p>
      ))}
    </li>
  );
}
