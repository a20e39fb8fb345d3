"use client";
/** The system as its modules declare it, with how much flows now, and who is late. */
import { EmptyState, PageHeader, Panel, Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { secondsText } from "../console/subscription-state.ts";
import { useTRPC } from "../console/trpc.ts";
import { MapDiagram } from "./map-diagram.tsx";
import { MapList } from "./map-list.tsx";
import { neighboursIn, type SystemMap } from "./system-map.ts";

export function MapView() {
  const query = useQuery(useTRPC().map.system.queryOptions(undefined, useLiveQuery()));
  if (query.data === undefined && !query.isError) return <DetailSkeleton what="the map" panels={4} />;
  return (
    <>
      <PageHeader
        title="Map"
        description={
          <>
            The <Term meaning={glossary.deployment}>system</Term> as its <Term meaning={glossary.module}>modules</Term>{" "}
            declare it: commands lead to events, and events to their readers.{" "}
            {query.data !== undefined &&
              `Rates are of the last ${secondsText(query.data.windowSeconds).replace(/ 0 s$/, "")}.`}
          </>
        }
      />
      {query.data === undefined ? <QueryFailed query={query} what="the map" /> : <Drawn map={query.data} />}
    </>
  );
}

function Drawn({ map }: { map: SystemMap }) {
  const neighbours = useMemo(() => neighboursIn(map), [map]);
  if (map.nodes.length === 0)
    return <EmptyState title="Nothing is declared">No module of this deployment declares anything.</EmptyState>;
  return (
    <div className="space-y-6">
      <Panel title="Diagram" className="max-sm:hidden">
        <MapDiagram map={map} neighbours={neighbours} />
      </Panel>
      <MapList map={map} neighbours={neighbours} />
    </div>
  );
}
