/** The words of discount codes. Pure. */
import { formatMoney, type Status } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

export type DiscountCode = Outputs["discounts"]["list"]["items"][number];

/** Of the shop's prices. */
export const CURRENCY = "USD";

export const takesOff = ({ kind, value }: Pick<DiscountCode, "kind" | "value">): string =>
  kind === "percent" ? `${value}%` : formatMoney({ amount: value, currency: CURRENCY });

interface DiscountState {
  readonly word: "running" | "scheduled" | "ended" | "used up";
  readonly status: Status;
}

export function stateOf(
  { startsAt, endsAt, uses, usesMax }: Pick<DiscountCode, "startsAt" | "endsAt" | "uses" | "usesMax">,
  nowMs: number,
): DiscountState {
  // One that ends as it starts was taken back before.
  if (endsAt !== null && Date.parse(endsAt) <= Math.max(nowMs, Date.parse(startsAt)))
    return { word: "ended", status: "parked" };
  if (usesMax !== null && uses >= usesMax) return { word: "used up", status: "parked" };
  if (Date.parse(startsAt) > nowMs) return { word: "scheduled", status: "waiting" };
  return { word: "running", status: "running" };
}
