/** What state a dead letter is in, in the console's colours and in words. */
import type { Status } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

export type DeadLetter = Outputs["deadLetters"]["list"]["items"][number];
export type DeadLetterGroup = Outputs["deadLetters"]["groups"][number];
export type DeadLetterRetry = Outputs["deadLetters"]["retries"][number];

type DeadLetterStatus = DeadLetter["status"];

export const deadLetterStatus = {
  parked: "failed",
  retrying: "running",
  waiting: "waiting",
  resolved: "done",
  discarded: "parked",
} as const satisfies Record<DeadLetterStatus, Status>;

export const meaningOfStatus = {
  parked: "It failed after all retries and waits for an operator",
  retrying: "It failed and will be retried by itself",
  waiting: "It waits behind an event of its stream that failed",
  resolved: "It was delivered in the end",
  discarded: "An operator discarded it for this consumer",
} as const satisfies Record<DeadLetterStatus, string>;

const isOpen: Record<DeadLetterStatus, boolean> = {
  parked: true,
  retrying: true,
  waiting: true,
  resolved: false,
  discarded: false,
};

/** Whether something can still be done about it. */
export const isOpenDeadLetter = ({ status }: { status: DeadLetterStatus }) => isOpen[status];

type LetterCounts = Pick<Outputs["deadLetters"]["counts"], "parked" | "retrying" | "waiting">;

/** How many are open: the one figure of the sidebar, the overview and the list's tab. */
export const openLetters = ({ parked, retrying, waiting }: LetterCounts): number => parked + retrying + waiting;

/** What the open ones are: "29 parked, 1 retrying, 18 waiting". */
export const lettersText = (counts: LetterCounts): string =>
  (["parked", "retrying", "waiting"] as const)
    .flatMap((status) => (counts[status] > 0 ? [`${counts[status].toLocaleString("en-US")} ${status}`] : []))
    .join(", ");

export const firstLine = (text: string) => text.split("\n", 1)[0] ?? "";

/** "1 event", "12 events". */
export const countOf = (count: number, noun: string) =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/** What waits behind failures, by what it is: "2 orders, 1 shipment". */
export const heldUp = ({ streams }: Pick<DeadLetterGroup, "streams">) =>
  Object.entries(streams)
    .map(([type, count]) => countOf(count, type))
    .join(", ");
