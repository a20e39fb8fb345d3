/** An alert for the tests of what is done with alerts. */
import type { Alert } from "./alert-state.ts";

export const exampleAlert: Alert = {
  id: 3,
  check: "projection-lag",
  subject: "order_view",
  title: "A projection is late",
  owner: "platform",
  unit: "seconds",
  part: "Subscriptions",
  effect: "Everyone who reads it.",
  next: "Resume it.",
  path: "/projections",
  follows: [],
  explains: [],
  status: "firing",
  threshold: 5,
  peak: 9,
  detail: null,
  projection: "order_view",
  thresholdSeconds: 5,
  peakLagSeconds: 9,
  pendingAt: "2026-11-24T10:00:00.000Z",
  firedAt: "2026-11-24T10:00:01.000Z",
  resolvedAt: null,
  acknowledged: null,
  causeId: null,
};
