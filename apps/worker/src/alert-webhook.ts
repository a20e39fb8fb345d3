/** Tells a webhook of alerts. An answer other than 2xx counts as not told: the monitor sends it again. */
import type { Alert } from "@tillstream/eventing";
import { post } from "./post.ts";

export function alertWebhook(url: string): (alert: Alert) => Promise<void> {
  return async (alert) => {
    const { id, projection, status, thresholdSeconds, peakLagSeconds, firedAt, resolvedAt } = alert;
    const asPublished = { id, projection, status, thresholdSeconds, peakLagSeconds, firedAt, resolvedAt };
    const { check, subject, title, owner, effect, next, detail, unit, threshold, peak } = alert;
    const told = { ...asPublished, check, subject, title, owner, effect, next, detail, unit, threshold, peak };
    await post(url, told);
  };
}
