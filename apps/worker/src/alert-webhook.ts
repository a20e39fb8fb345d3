/** Tells a webhook of alerts. An answer other than 2xx counts as not told: the monitor sends it again. */
import type { ProjectionAlert } from "@tillstream/eventing";

const TIMEOUT_MS = 5_000;

export function alertWebhook(url: string): (alert: ProjectionAlert) => Promise<void> {
  return async ({ id, projection, status, thresholdSeconds, peakLagSeconds, firedAt, resolvedAt }) => {
    const body = JSON.stringify({ id, projection, status, thresholdSeconds, peakLagSeconds, firedAt, resolvedAt });
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "error" });
    if (!response.ok) throw new Error(`the alert webhook answered ${response.status}`);
  };
}
