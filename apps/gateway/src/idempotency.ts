/**
 * One execution per key. A call under a key that is being worked on waits for that work and gets its
 * answer; a key that returns with another body is refused. Finished answers live in the ledger.
 */
import { createHash } from "node:crypto";
import { refused } from "./answers.ts";
import type { Answer } from "./answers.ts";

/** Identifies a request's meaning: the values in a fixed order, so that key order and unknown fields do not matter. */
export function fingerprintOf(values: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex");
}

export const keyReused: Answer = refused(
  422,
  "idempotency_key_reused",
  "This idempotency key was used with other parameters.",
);

export interface SingleFlight<Result> {
  run(key: string, fingerprint: string, work: () => Promise<Result>): Promise<Result | Answer>;
  isRunning(key: string): boolean;
}

export function createSingleFlight<Result>(): SingleFlight<Result> {
  const running = new Map<string, { fingerprint: string; result: Promise<Result> }>();
  return {
    async run(key, fingerprint, work) {
      const first = running.get(key);
      if (first) return first.fingerprint === fingerprint ? first.result : keyReused;
      const result = work().finally(() => running.delete(key));
      running.set(key, { fingerprint, result });
      return result;
    },
    isRunning: (key) => running.has(key),
  };
}
