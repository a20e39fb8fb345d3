"use client";
/** How far each projection has come. */
import { PageHeader, Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { ExportLinks } from "../console/export-links.tsx";
import { LagCharts } from "./lag-charts.tsx";
import { SubscriptionSection } from "./subscription-section.tsx";
import { useProjections, useTrends } from "./use-subscriptions.ts";

export function ProjectionsView() {
  const projections = useProjections();
  const trends = useTrends().data;
  return (
    <>
      <PageHeader
        title="Projections"
        actions={<ExportLinks page="/projections" />}
        description={
          <>
            Worst first, unless sorted by a column. A <Term meaning={glossary.projection}>projection</Term> is late when
            its <Term meaning={glossary.lag}>lag</Term> is over 5 s.
          </>
        }
      />
      <div className="space-y-5">
        <SubscriptionSection label="Projections" kind="Projection" query={projections} trends={trends} />
        {projections.data !== undefined && projections.data.length > 0 && (
          <LagCharts subscriptions={projections.data} trends={trends ?? []} />
        )}
      </div>
    </>
  );
}
