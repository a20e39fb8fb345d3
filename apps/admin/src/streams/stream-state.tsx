"use client";
/** What a stream's events add up to where one stands, and what differs from there to another of its versions. */
import { Button, formatMoney, JsonView, Panel, SkeletonText, Term } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { glossary } from "@tillstream/eventing/glossary";
import { QueryFailed } from "../console/query-failed.tsx";
import { useSettled } from "../console/use-settled.ts";
import { useTRPC } from "../console/trpc.ts";
import { defaultOther, typedVersion, versionProblem, type Standing } from "./at.ts";
import { moneyOf } from "./change-words.ts";
import { Changes } from "./changes.tsx";
import { FirstWhere } from "./first-where.tsx";
import { shapeOf, shownOf, type Shape } from "./shapes.ts";
import type { Travel } from "./use-travel.ts";
import { VersionForm } from "./version-form.tsx";

/** While one slides, nothing is asked for. */
const SETTLED_MS = 120;
/** An event never changes, nor does what it led to. */
const FOR_EVER = { staleTime: Infinity, placeholderData: keepPreviousData };

interface StreamStateProps {
  readonly streamId: string;
  readonly streamType: string;
  readonly travel: Travel;
  /** `?with=` */
  readonly other: string | null;
}

export function StreamState({ streamId, streamType, travel, other }: StreamStateProps) {
  const shape = shapeOf(streamType);
  const version = useSettled(travel.standing.version, SETTLED_MS);
  return (
    <div className="min-w-0 space-y-4 xl:sticky xl:top-4">
      <Panel title={<Term meaning={glossary.state}>State</Term>}>
        <StateAt streamId={streamId} version={version} shape={shape} />
      </Panel>
      <Comparison streamId={streamId} shape={shape} travel={travel} version={version} other={other} />
      <Panel title="Search its history">
        <FirstWhere streamId={streamId} example={shape?.example ?? '$event.type = "…"'} onTravel={travel.to} />
      </Panel>
    </div>
  );
}

interface StateAtProps {
  readonly streamId: string;
  readonly version: number;
  readonly shape: Shape | undefined;
}

function StateAt({ streamId, version, shape }: StateAtProps) {
  const query = useQuery(useTRPC().streams.stateAt.queryOptions({ streamId, version }, FOR_EVER));
  if (query.data !== undefined) {
    const { state } = query.data;
    const notes = new Map(moneyOf(state, shape).map(([path, money]) => [path, formatMoney(money)]));
    return <JsonView value={state} label={`State after version ${query.data.version}`} notes={notes} />;
  }
  return query.isError ? <QueryFailed query={query} what="the state" /> : <SkeletonText lines={6} />;
}

interface ComparisonProps {
  readonly streamId: string;
  readonly shape: Shape | undefined;
  readonly travel: Travel;
  readonly version: number;
  readonly other: string | null;
}

function Comparison({ streamId, shape, travel, version, other }: ComparisonProps) {
  const { standing, compareWith } = travel;
  const { newest } = standing;
  const chosen = other === null ? defaultOther({ ...standing, version }) : typedVersion(other);
  if (chosen === undefined) return null;
  const problem = versionProblem(chosen, newest);
  return (
    <Panel title="Compare">
      <div className="flex flex-wrap items-end gap-2">
        <VersionForm
          label="Compare with version"
          value={problem === undefined ? chosen : newest}
          newest={newest}
          onGo={compareWith}
        />
        <Button variant="ghost" onClick={() => compareWith(newest)} disabled={version === newest}>
          Now
        </Button>
        <Button variant="ghost" onClick={() => compareWith(version - 1)} disabled={version === 1}>
          The step before
        </Button>
      </div>
      <div className="mt-3" role="status">
        {problem === undefined ? (
          <Difference
            streamId={streamId}
            shape={shape}
            from={Math.min(version, chosen)}
            to={Math.max(version, chosen)}
            standing={standing}
          />
        ) : (
          <p className="text-failed">{problem}</p>
        )}
      </div>
    </Panel>
  );
}

interface DifferenceProps {
  readonly streamId: string;
  readonly shape: Shape | undefined;
  readonly from: number;
  readonly to: number;
  readonly standing: Standing;
}

function Difference({ streamId, shape, from, to, standing }: DifferenceProps) {
  const query = useQuery(
    useTRPC().streams.compare.queryOptions({ streamId, from, to, show: shownOf(shape) }, FOR_EVER),
  );
  if (query.data === undefined)
    return query.isError ? <QueryFailed query={query} what="the comparison" /> : <SkeletonText lines={3} />;
  const { changes, more, shown } = query.data;
  return (
    <>
      <h3 className="mb-1 text-sm font-medium text-ink-soft">
        From version {from} to {to}
        {to === standing.newest && ", which is now"}
      </h3>
      <Changes
        stacked
        changes={changes}
        shape={shape}
        shown={shown}
        none={`Nothing changed between version ${from} and version ${to}.`}
      />
      {more > 0 && <p className="mt-1 text-sm text-muted">and {more} more places</p>}
    </>
  );
}
