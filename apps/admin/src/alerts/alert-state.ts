/** In which order alerts are read, and for how long each lasted. */
import type { Status } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

export type Alert = Outputs["alerts"]["list"]["items"][number];

export const alertStatus = { firing: "failed", pending: "waiting", resolved: "done" } as const satisfies Record<
  Alert["status"],
  Status
>;

const order: readonly Alert["status"][] = ["firing", "pending", "resolved"];

/** Firing first, then pending, then resolved; within each as the server lists them, newest first. */
export function firingFirst(alerts: readonly Alert[]): Alert[] {
  return alerts.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

/** When it began to count: when it fired, or when the lag first went over the limit. */
export const beganAt = ({ firedAt, pendingAt }: Alert): string => firedAt ?? pendingAt;

/** From firing until resolved, or until now. Seconds; a clock of the browser that is behind reads 0. */
export function lastedSeconds(alert: Alert, nowMs: number): number {
  const endMs = alert.resolvedAt === null ? nowMs : Date.parse(alert.resolvedAt);
  return Math.max(0, (endMs - Date.parse(beganAt(alert))) / 1_000);
}
