/** What each test token makes the gateway do. Only tokens exist here: a card number is never accepted, stored or echoed. */
import { z } from "zod";
import type { FaultState } from "./faults.ts";

export type Scenario =
  | { readonly kind: "decline"; readonly code: string; readonly message: string }
  | {
      readonly kind: "capture";
      readonly delayMs?: number;
      /** How many times a key answers 503 before it captures. */
      readonly failuresFirst?: number;
      readonly neverAnswers?: boolean;
      readonly webhookCopies?: number;
    };

const DECLINED: Scenario = { kind: "decline", code: "generic_decline", message: "The card was declined." };

const scenarios: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
  ["tok_visa", { kind: "capture" }],
  ["tok_slow", { kind: "capture", delayMs: 5_000 }],
  ["tok_timeout", { kind: "capture", neverAnswers: true }],
  ["tok_flaky", { kind: "capture", failuresFirst: 2 }],
  ["tok_duplicateWebhook", { kind: "capture", webhookCopies: 3 }],
  ["tok_chargeDeclined", DECLINED],
  [
    "tok_insufficientFunds",
    { kind: "decline", code: "insufficient_funds", message: "The card has insufficient funds." },
  ],
]);

/** Another provider's PaymentMethod is a token too, of a card that is unknown here. */
export const tokenSchema = z
  .string()
  .regex(/^(tok|pm)_[A-Za-z0-9_]{1,64}$/, "a token such as tok_visa; card numbers are not accepted");

export function scenarioOf(token: string): Scenario | undefined {
  return scenarios.get(token);
}

/** What becomes of the token while these faults are on. */
export function underFaults(scenario: Scenario, { decline, timeout }: FaultState): Scenario {
  if (decline) return DECLINED;
  return timeout && scenario.kind === "capture" ? { ...scenario, neverAnswers: true } : scenario;
}
