/**
 * When lag becomes an alert. Pending above the threshold, firing when two samples in a row are, resolved when the lag has
 * stayed below the calm level for long enough. Pure.
 */
export interface AlertRule {
  readonly thresholdSeconds: number;
  readonly calmBelowSeconds: number;
  readonly calmForSeconds: number;
}

/** 5 s unless set otherwise; clears below 3 s for 10 s. */
export function alertRule(thresholdSeconds: number): AlertRule {
  return { thresholdSeconds, calmBelowSeconds: Math.min(3, thresholdSeconds), calmForSeconds: 10 };
}

/** The open alert of a projection. */
export interface OpenAlert {
  readonly status: "pending" | "firing";
  readonly peakLagSeconds: number;
  /** Since when the lag has been below the calm level; only while firing. */
  readonly calmSince: Date | null;
}

export interface LagSample {
  readonly at: Date;
  readonly lagSeconds: number;
}

export type AlertChange =
  | { readonly kind: "none" }
  | { readonly kind: "open" | "fire" | "resolve" | "drop"; readonly peakLagSeconds: number }
  | { readonly kind: "update"; readonly peakLagSeconds: number; readonly calmSince: Date | null };

export function nextAlert(rule: AlertRule, open: OpenAlert | undefined, { at, lagSeconds }: LagSample): AlertChange {
  const above = lagSeconds > rule.thresholdSeconds;
  if (open === undefined) return above ? { kind: "open", peakLagSeconds: lagSeconds } : { kind: "none" };
  const peakLagSeconds = Math.max(open.peakLagSeconds, lagSeconds);
  if (open.status === "pending") return { kind: above ? "fire" : "drop", peakLagSeconds };
  if (lagSeconds >= rule.calmBelowSeconds) return { kind: "update", peakLagSeconds, calmSince: null };
  // One that lies ahead is from before the clock went back.
  const calmSince = open.calmSince === null || open.calmSince > at ? at : open.calmSince;
  const calmSeconds = (at.getTime() - calmSince.getTime()) / 1_000;
  if (calmSeconds >= rule.calmForSeconds) return { kind: "resolve", peakLagSeconds };
  return { kind: "update", peakLagSeconds, calmSince };
}
