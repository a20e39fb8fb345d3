/** Prometheus metrics. Lag, backlog and counts are read from the database at each scrape, by the process that is scraped. */
import { listAlerts, outboxStatus, readChecks, subscriptionLags } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { checkMetrics } from "./check-metrics.ts";
import { readWebhookCounts } from "../payment/index.ts";

const ALERTS_MAX = 100;
/** Gauges that are named like counters, which Prometheus' own lint refuses; the ones they sum up stay. */
const MISNAMED = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

export interface Metrics {
  readonly publishLatency: Histogram;
  /** The metrics as text, with the content type to send. */
  render(): Promise<{ text: string; contentType: string }>;
}

export function createMetrics(db: SqlExecutor): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const publishLatency = new Histogram({
    name: "event_publish_latency_seconds",
    help: "From the recording of an event to its publication",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const lag = new Gauge({
    name: "projection_lag_seconds",
    help: "Age of the oldest event not yet processed",
    labelNames: ["projection"],
    registers,
  });
  const firing = new Gauge({
    name: "projection_lag_alert",
    help: "1 while the projection's lag alert is firing",
    labelNames: ["projection"],
    registers,
  });
  const consumerLag = new Gauge({
    name: "consumer_lag_seconds",
    help: "Age of the oldest event not yet processed",
    labelNames: ["consumer"],
    registers,
  });
  const unpublished = new Gauge({ name: "outbox_unpublished", help: "Events the relay has not published", registers });
  const oldest = new Gauge({
    name: "outbox_oldest_age_seconds",
    help: "Age of the oldest unpublished event",
    registers,
  });
  const quarantined = new Gauge({
    name: "outbox_set_aside",
    help: "Events that cannot be published, and those that wait behind one",
    registers,
  });
  const relay = new Gauge({ name: "relay_alive", help: "1 while a worker holds the relay's lease", registers });
  const runs = new Gauge({
    name: "saga_runs",
    help: "Runs by saga and status",
    labelNames: ["saga", "status"],
    registers,
  });
  const unfinished = new Gauge({
    name: "saga_oldest_unfinished_seconds",
    help: "Age of the oldest run that is under way",
    labelNames: ["saga"],
    registers,
  });
  const dead = new Gauge({
    name: "dead_letters",
    help: "Events that failed, and those that wait behind one",
    labelNames: ["consumer", "status"],
    registers,
  });
  const webhooks = new Counter({
    name: "payment_webhooks_total",
    help: "Payment webhooks by what was done with them, refused ones included",
    labelNames: ["outcome"],
    registers,
  });
  const findings = new Gauge({
    name: "reconciliation_findings",
    help: "Unsettled differences between the gateway's books and the orders",
    labelNames: ["status"],
    registers,
  });
  const checks = checkMetrics(registers);

  async function refresh(): Promise<void> {
    const [projections, consumers, outbox, sagaRuns, letters, alerts, webhookCounts, unsettled, states] =
      await Promise.all([
        subscriptionLags(db, "projection"),
        subscriptionLags(db, "consumer"),
        outboxStatus(db),
        db.query<{ name: string; status: string; count: number; ageSeconds: number }>(sql`
        SELECT name, status, count(*)::int AS count,
               coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE finished_at IS NULL)), 0)::float8 AS "ageSeconds"
        FROM sagas GROUP BY name, status`),
        db.query<{ consumer: string; status: string; count: number }>(sql`
        SELECT consumer, status, count(*)::int AS count FROM dead_letters
        WHERE status IN ('retrying', 'parked', 'waiting') GROUP BY consumer, status`),
        listAlerts(db, ALERTS_MAX),
        readWebhookCounts(db),
        db.query<{ status: string; count: number }>(sql`
        SELECT known.status, count(finding.id)::int AS count FROM (VALUES ('open'), ('attention')) AS known(status)
        LEFT JOIN reconciliation_findings finding ON finding.status = known.status AND finding.resolved_at IS NULL GROUP BY 1`),
        readChecks(db),
      ]);
    checks.show(states, alerts);
    for (const { name, lagSeconds } of projections) lag.set({ projection: name }, lagSeconds);
    const alerted = new Set(alerts.filter(({ status }) => status === "firing").map(({ projection }) => projection));
    for (const { name } of projections) firing.set({ projection: name }, alerted.has(name) ? 1 : 0);
    for (const { name, lagSeconds } of consumers) consumerLag.set({ consumer: name }, lagSeconds);
    unpublished.set(outbox.unpublished);
    oldest.set(outbox.oldestAgeSeconds);
    quarantined.set(outbox.quarantined);
    relay.set(outbox.relayAlive ? 1 : 0);
    runs.reset();
    unfinished.reset();
    for (const { name, status, count } of sagaRuns) runs.set({ saga: name, status }, count);
    for (const [name, ofSaga] of Map.groupBy(sagaRuns, (run) => run.name))
      unfinished.set({ saga: name }, Math.max(...ofSaga.map(({ ageSeconds }) => ageSeconds)));
    dead.reset();
    for (const { name } of [...projections, ...consumers]) dead.set({ consumer: name, status: "parked" }, 0);
    webhooks.reset();
    for (const [outcome, count] of webhookCounts) webhooks.inc({ outcome }, count);
    for (const { status, count } of unsettled) findings.set({ status }, count);
    for (const { consumer, status, count } of letters) dead.set({ consumer, status }, count);
  }

  return {
    publishLatency,
    async render() {
      await refresh();
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
