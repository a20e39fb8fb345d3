/**
 * When a measured value becomes an alert. Pending above the threshold, firing when the next samples are above it too, for as
 * long as the rule wants; resolved when it has been calm for long enough. Pure.
 */
export interface AlertRule {
  /** Above it there is something wrong. */
  readonly threshold: number;
  /** For so long it must stay above before it fires; 0 is the second sample in a row. */
  readonly forSeconds: number;
  /** Calm is below this, or by default whatever is not above the threshold. */
  readonly calmBelow?: number;
  readonly calmForSeconds: number;
}

export const CALM_FOR_SECONDS = 10;

/** Of a projection's lag, 5 s unless set otherwise; clears below 3 s for 10 s. */
export function alertRule(thresholdSeconds: number): AlertRule {
  return {
    threshold: thresholdSeconds,
    forSeconds: 0,
    calmBelow: Math.min(3, thresholdSeconds),
    calmForSeconds: CALM_FOR_SECONDS,
  };
}

/** An alert that is open. */
export interface OpenAlert {
  readonly status: "pending" | "firing";
  readonly pendingAt: Date;
  readonly peak: number;
  /** Since when the value has been calm; only while firing. */
  readonly calmSince: Date | null;
}

export interface Sample {
  readonly at: Date;
  readonly value: number;
}

export type AlertChange =
  | { readonly kind: "none" }
  | { readonly kind: "open" | "fire" | "resolve" | "drop"; readonly peak: number }
  | { readonly kind: "update"; readonly peak: number; readonly calmSince: Date | null };

export function nextAlert(rule: AlertRule, open: OpenAlert | undefined, { at, value }: Sample): AlertChange {
  const above = value > rule.threshold;
  if (open === undefined) return above ? { kind: "open", peak: value } : { kind: "none" };
  const peak = Math.max(open.peak, value);
  if (open.status === "pending") {
    if (!above) return { kind: "drop", peak };
    return isOver(rule.forSeconds, open.pendingAt, at)
      ? { kind: "fire", peak }
      : { kind: "update", peak, calmSince: null };
  }
  const calm = rule.calmBelow === undefined ? !above : value < rule.calmBelow;
  if (!calm) return { kind: "update", peak, calmSince: null };
  // One that lies ahead is from before the clock went back.
  const calmSince = open.calmSince === null || open.calmSince > at ? at : open.calmSince;
  if (isOver(rule.calmForSeconds, calmSince, at)) return { kind: "resolve", peak };
  return { kind: "update", peak, calmSince };
}

/** What began after `at` began before the clock went back: nobody knows how long ago. */
function isOver(seconds: number, since: Date, at: Date): boolean {
  const passedMs = at.getTime() - since.getTime();
  return passedMs < 0 || passedMs >= seconds * 1_000;
}
