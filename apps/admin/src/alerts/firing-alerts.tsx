"use client";
/** The overview's first thing, while there is one: what fires now. */
import { AlertTable } from "./alert-table.tsx";
import { useFiringAlerts } from "./use-alerts.ts";

export function FiringAlerts() {
  const firing = useFiringAlerts();
  if (firing.length === 0) return null;
  return (
    <div className="mb-4 min-w-0">
      <h2 className="heading mb-2 text-lg">Firing alerts</h2>
      <AlertTable label="Firing alerts" alerts={firing} />
    </div>
  );
}
