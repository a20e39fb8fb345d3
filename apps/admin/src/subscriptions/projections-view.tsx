"use client";
/** How far each projection has come. */
import { Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { ListHead } from "../console/list-head.tsx";
import { LagCharts } from "./lag-charts.tsx";
import { subscriptionAddress } from "./subscription-address.ts";
import { SubscriptionSection } from "./subscription-section.tsx";
import { useProjections, useTrends } from "./use-subscriptions.ts";

export function ProjectionsView() {
  const projections = useProjections();
  const trends = useTrends().data;
  return (
    <>
      <ListHead
        title="Projections"
        description={
          <>
            Worst first, unless sorted by a column. A <Term meaning={glossary.projection}>projection</Term> is late when
            its <Term meaning={glossary.lag}>lag</Term> is over 5 s.
          </>
        }
        first="/projections"
        parts={subscriptionAddress}
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
