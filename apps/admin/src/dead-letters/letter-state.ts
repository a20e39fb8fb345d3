/** What state a dead letter is in, in the console's colours and in words. */
import type { Status } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

export type Letter = Outputs["deadLetters"]["list"]["items"][number];
export type LetterGroup = Outputs["deadLetters"]["groups"][number];
export type LetterRetry = Outputs["deadLetters"]["retries"][number];

type LetterStatus = Letter["status"];

export const letterStatus = {
  parked: "failed",
  retrying: "running",
  waiting: "waiting",
  resolved: "done",
  discarded: "parked",
} as const satisfies Record<LetterStatus, Status>;

export const meaningOfStatus = {
  parked: "It failed after all retries and waits for a person",
  retrying: "It failed and will be tried again by itself",
  waiting: "It waits behind an event of its stream that failed",
  resolved: "It was delivered in the end",
  discarded: "A person gave it up for this consumer",
} as const satisfies Record<LetterStatus, string>;

const isOpen: Record<LetterStatus, boolean> = {
  parked: true,
  retrying: true,
  waiting: true,
  resolved: false,
  discarded: false,
};

/** Whether something can still be done about it. */
export const isOpenLetter = ({ status }: { status: LetterStatus }) => isOpen[status];

export const firstLine = (text: string) => text.split("\n", 1)[0] ?? "";

/** "1 letter", "12 letters". */
export const countOf = (count: number, noun: string) =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
