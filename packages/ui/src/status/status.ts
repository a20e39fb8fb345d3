/** The six meanings a colour may have, the same in badge, timeline, chart and flow. */
export const statuses = ["running", "done", "waiting", "failed", "compensated", "parked"] as const;
export type Status = (typeof statuses)[number];

/** Whole class names per meaning: Tailwind only finds what is written out. */
export const statusText = {
  running: "text-running",
  done: "text-done",
  waiting: "text-waiting",
  failed: "text-failed",
  compensated: "text-compensated",
  parked: "text-parked",
} satisfies Record<Status, string>;

export const statusSoft = {
  running: "bg-running-soft text-running",
  done: "bg-done-soft text-done",
  waiting: "bg-waiting-soft text-waiting",
  failed: "bg-failed-soft text-failed",
  compensated: "bg-compensated-soft text-compensated",
  parked: "bg-parked-soft hatched text-parked",
} satisfies Record<Status, string>;

export const statusEdge = {
  running: "border-running",
  done: "border-done",
  waiting: "border-waiting",
  failed: "border-failed",
  compensated: "border-compensated",
  parked: "border-parked border-dashed",
} satisfies Record<Status, string>;

const words = {
  running:
    "running active processing in_progress rebuilding retrying compensating publishing relaying dispatched shipping acknowledged",
  done: "done ok live completed complete succeeded success confirmed shipped delivered paid placed published processed resolved healthy captured enabled caught_up up_to_date received",
  waiting:
    "waiting pending queued scheduled reserved authorised authorized held lagging degraded attention unknown timeout_pending confirming outcome_unknown warning",
  failed:
    "failed error errored dead dead_letter dead_lettered declined rejected firing down stuck expired timed_out unavailable",
  compensated: "compensated cancelled canceled refunded released reversed undone voided returned",
  parked: "parked paused suspended discarded disabled skipped idle ignored archived draft inactive superseded",
} satisfies Record<Status, string>;

const byWord = new Map<string, Status>(
  statuses.flatMap((status) => words[status].split(" ").map((word) => [word, status] as const)),
);

/**
 * The meaning of a status word as the domain writes it ("in_progress", "dead-lettered", "Refunded").
 * An unmapped word gets `fallback`, so that a new state shows up grey instead of breaking a page.
 */
export function statusFor(word: string, fallback: Status = "parked"): Status {
  const key = word
    .trim()
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return byWord.get(key) ?? fallback;
}
