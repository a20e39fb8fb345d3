/** How alerts are read: followers under their cause, what is wrong first, and for how long each lasted. */
import type { Status } from "@tillstream/ui";
import { secondsText } from "../console/subscription-state.ts";
import type { Outputs } from "../console/trpc.ts";

export type Alert = Outputs["alerts"]["list"]["items"][number];

/** An alert that no other explains, with those that it explains. */
export interface AlertGroup {
  readonly cause: Alert;
  readonly followers: readonly Alert[];
}

type State = "firing" | "acknowledged" | "pending" | "resolved";

const statusOf = {
  firing: "failed",
  acknowledged: "running",
  pending: "waiting",
  resolved: "done",
} as const satisfies Record<State, Status>;

export function stateOf({ status, acknowledged }: Alert): { readonly word: State; readonly status: Status } {
  const word = status === "firing" && acknowledged !== null ? "acknowledged" : status;
  return { word, status: statusOf[word] };
}

const order: readonly State[] = ["firing", "acknowledged", "pending", "resolved"];
const rank = (alert: Alert): number => order.indexOf(stateOf(alert).word);

/** Firing first, then acknowledged, pending and resolved; within each as the server lists them, newest first. */
export function groupsOf(alerts: readonly Alert[]): AlertGroup[] {
  const ids = new Set(alerts.map(({ id }) => id));
  const isFollower = ({ causeId }: Alert) => causeId !== null && ids.has(causeId);
  return alerts
    .filter((alert) => !isFollower(alert))
    .map((cause) => ({
      cause,
      followers: alerts.filter(({ causeId }) => causeId === cause.id).toSorted((a, b) => rank(a) - rank(b)),
    }))
    .toSorted((a, b) => rank(a.cause) - rank(b.cause));
}

/** Those that need somebody: the cause fires, or one of its followers does before it. */
export function firingGroups(alerts: readonly Alert[]): AlertGroup[] {
  return groupsOf(alerts).filter(({ cause, followers }) =>
    [cause, ...followers].some(({ status }) => status === "firing"),
  );
}

/** "A consumer is late: mail". */
export const titleOf = ({ title, subject }: Pick<Alert, "title" | "subject">): string =>
  subject === "" ? title : `${title}: ${subject}`;

/** Alerts of one check together, with what they are about. */
export function alikeOf(alerts: readonly Alert[]): { readonly first: Alert; readonly subjects: readonly string[] }[] {
  return [...Map.groupBy(alerts, ({ check }) => check).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ first, subjects: alike.map(({ subject }) => subject).toSorted() }];
  });
}

/** A value of a check as people read it: "12 s", "86 %", "1,204". */
export function valueText(value: number, unit: Alert["unit"]): string {
  if (unit === "seconds") return Number.isInteger(value) && value < 60 ? `${value} s` : secondsText(value);
  if (unit === "share") return `${Math.round(value * 100)} %`;
  return value.toLocaleString("en-US");
}

/** When it began to count: when it fired, or when the value first went over the limit. */
export const beganAt = ({ firedAt, pendingAt }: Alert): string => firedAt ?? pendingAt;

/** From firing until resolved, or until now. Seconds; a clock of the browser that is behind reads 0. */
export function lastedSeconds(alert: Alert, nowMs: number): number {
  const endMs = alert.resolvedAt === null ? nowMs : Date.parse(alert.resolvedAt);
  return Math.max(0, (endMs - Date.parse(beganAt(alert))) / 1_000);
}
