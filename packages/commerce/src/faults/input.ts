/** What can be switched on in a local environment, and with which values. */
import { explanation, identifier } from "@tillstream/trpc/input";
import { z } from "zod";

export const FAULT_MINUTES_MAX = 60;
const DELAY_MS_MAX = 60_000;
const ORDERS_PER_MINUTE_MAX = 120;

const share = (least: z.ZodNumber) => least.max(1, "at most 1");

const gateway = z
  .strictObject({
    latencyMs: z.int().min(0).max(DELAY_MS_MAX),
    /** The share of requests that it answers with 503. */
    errorRate: share(z.number().min(0, "at least 0")),
    down: z.boolean(),
    /** Every card is declined. */
    decline: z.boolean(),
    /** Charges are captured and never answered. */
    timeout: z.boolean(),
  })
  .partial();
const consumerErrors = z.strictObject({
  consumer: identifier(100),
  /** The share of its events that fail. */
  rate: share(z.number().gt(0, "above 0")),
});
const projectionDelayMs = z.strictObject({ projection: identifier(100), ms: z.int().min(1).max(DELAY_MS_MAX) });
const traffic = z.strictObject({ ordersPerMinute: z.int().min(0).max(ORDERS_PER_MINUTE_MAX) });

/** Each fault that is on, by its name. */
export interface FaultValues {
  readonly gateway: z.output<typeof gateway>;
  readonly consumerErrors: z.output<typeof consumerErrors>;
  readonly projectionDelayMs: z.output<typeof projectionDelayMs>;
  readonly relayPaused: boolean;
  readonly traffic: z.output<typeof traffic>;
}

export type FaultName = keyof FaultValues;

export const localReason = explanation().default("tried out in the local environment");

/** What is named is switched on for so many minutes, or off with null, false or nothing in it; the others stay as they are. */
export const faultsInput = z
  .strictObject({
    gateway: gateway.nullable().optional(),
    consumerErrors: consumerErrors.nullable().optional(),
    projectionDelayMs: projectionDelayMs.nullable().optional(),
    relayPaused: z.boolean().optional(),
    traffic: traffic.nullable().optional(),
    minutes: z.int().min(1).max(FAULT_MINUTES_MAX).default(5),
    reason: localReason,
  })
  .check(({ value, issues }) => {
    const { minutes, reason, ...named } = value;
    if (Object.values(named).some((one) => one !== undefined)) return;
    const message = "name a fault: gateway, consumerErrors, projectionDelayMs, relayPaused or traffic";
    issues.push({ code: "custom", input: value, path: [], message, params: { rule: "a fault" } });
  });

export type FaultsInput = z.output<typeof faultsInput>;
