"use client";
/** The state of the shop and of the system at a glance: what is wrong first. Each tile leads to the list behind its figure. */
import { PageHeader } from "@tillstream/ui";
import { FiringAlerts } from "../alerts/firing-alerts.tsx";
import { DifferencesTile } from "./differences-tile.tsx";
import { FlowTiles } from "./flow-tiles.tsx";
import { FunnelPanel } from "./funnel-panel.tsx";
import { HealthTiles } from "./health-tiles.tsx";
import { HeartbeatPanel } from "./heartbeat-panel.tsx";
import { LatestEvents } from "./latest-events.tsx";
import { OrdersToday } from "./orders-today.tsx";
import { SagaTiles } from "./saga-tiles.tsx";
import { SalesPanel } from "./sales-panel.tsx";

export function OverviewView() {
  return (
    <>
      <PageHeader title="Overview" />
      <FiringAlerts />
      <HeartbeatPanel />
      <HealthTiles />
      <div className="mt-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <OrdersToday />
        <FlowTiles />
        <SagaTiles />
        <DifferencesTile />
      </div>
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 space-y-4">
          <LatestEvents />
          <FunnelPanel />
        </div>
        <SalesPanel />
      </div>
    </>
  );
}
