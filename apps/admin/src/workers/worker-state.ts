/** A worker in words: what state it is in, what it runs and holds, and what stops without it. */
import type { State } from "../console/subscription-state.ts";
import type { Outputs } from "../console/trpc.ts";

export type Worker = Outputs["workers"]["list"][number];

const states = {
  running: { status: "done", word: "running" },
  draining: { status: "waiting", word: "draining" },
  drained: { status: "parked", word: "drained" },
  gone: { status: "failed", word: "gone" },
} as const satisfies Record<Worker["state"], State>;

export const stateOf = ({ state }: Pick<Worker, "state">): State => states[state];

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** "relay, 1 projection, 12 consumers". */
export function runsText(runs: readonly string[]): string {
  const kinds = Map.groupBy(runs, (part) => part.split(" ")[0] ?? part);
  return [...kinds].map(([kind, parts]) => (kind === "relay" ? kind : counted(parts.length, kind))).join(", ");
}

/** "the relay's, epoch 7; 2 saga steps"; "none". */
export function leasesText({ relayEpoch, steps }: Pick<Worker, "relayEpoch" | "steps">): string {
  const held = [
    ...(relayEpoch === null ? [] : [`the relay's, epoch ${relayEpoch}`]),
    ...(steps === 0 ? [] : [counted(steps, "saga step")]),
  ];
  return held.length === 0 ? "none" : held.join("; ");
}

/** Whether the relay waits for a worker that is drained, and not for one that would have to be started. */
export function isRelayDrained(workers: readonly Worker[]): boolean {
  const relays = workers.filter(({ runs, state }) => runs.includes("relay") && state !== "gone");
  return relays.length > 0 && relays.every(({ state }) => state !== "running");
}

/** What stops when the worker is drained, as a sentence; undefined where others do all of it. */
export function lossOf({ id, alone }: Pick<Worker, "id" | "alone">, workers: readonly Worker[]): string | undefined {
  if (alone.length === 0) return undefined;
  if (!workers.some((other) => other.id !== id && other.state === "running"))
    return "No other worker is running: nothing will be delivered until it is resumed.";
  return `No other worker runs ${alone.join(", ")}: what that does will wait until it is resumed.`;
}

/** What follows from it. Others go on in its place only where they do all that it does. */
export function touchesOf({ to, loss }: { to: "drain" | "resume"; loss: string | undefined }): string {
  if (to === "resume") return "It takes its share of the work again.";
  const others = loss === undefined ? "; others go on in its place" : "";
  return `It finishes what it has in hand, gives its leases back and takes no more work${others}. It stays alive, and a new process is not drained.`;
}
