/** The faults in words: what each does, for how long, and where it is seen. */
import type { Outputs } from "../console/trpc.ts";

export type Fault = Outputs["faults"]["get"]["faults"][number];
export type FaultName = Fault["name"];

/** What is sent to switch one on. */
export interface Offer {
  readonly label: string;
  readonly value: Record<string, unknown> | true;
}

interface Place {
  readonly href: string;
  readonly label: string;
}

interface Words {
  readonly title: string;
  readonly effect: string;
  readonly look: readonly Place[];
}

const overview = { href: "/", label: "Overview" };
const sagas = { href: "/sagas?status=running", label: "Sagas" };
const orders = { href: "/orders", label: "Orders" };

export const FAULTS: Readonly<Record<FaultName, Words>> = {
  gateway: {
    title: "Payment gateway",
    effect: "Orders wait for their payment, or are cancelled for it; nobody is charged for nothing.",
    look: [sagas, orders, overview, { href: "/reconciliation", label: "Reconciliation" }],
  },
  consumerErrors: {
    title: "Failing consumer",
    effect: "Its events are tried again for about a minute, then wait for an operator; others go on.",
    look: [
      { href: "/dead-letters", label: "Dead letters" },
      { href: "/consumers", label: "Consumers" },
    ],
  },
  projectionDelayMs: {
    title: "Slow projection",
    effect: "What it shows is late by so much; above its threshold an alert fires.",
    look: [
      { href: "/projections", label: "Projections" },
      { href: "/alerts", label: "Alerts" },
    ],
  },
  relayPaused: {
    title: "Paused relay",
    effect: "Orders are taken and their events wait; nothing downstream moves until it goes on.",
    look: [{ href: "/outbox", label: "Outbox" }, overview],
  },
  traffic: {
    title: "Traffic",
    effect: "Made-up guests order through the storefront.",
    look: [overview, orders],
  },
};

export const GATEWAY_OFFERS: readonly Offer[] = [
  { label: "is away", value: { down: true } },
  { label: "declines every card", value: { decline: true } },
  { label: "captures and never answers", value: { timeout: true } },
  { label: "fails half of its calls", value: { errorRate: 0.5 } },
  { label: "takes 3 s a call", value: { latencyMs: 3_000 } },
];

export const RATES: readonly number[] = [1, 0.5, 0.1];
export const DELAYS_MS: readonly number[] = [2_000, 10_000, 30_000];

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const seconds = (ms: number): string => `${ms / 1_000} s`;

/** Such as "gateway is away". */
export function saysOf({ name, value }: Pick<Fault, "name" | "value">): string {
  const given: Record<string, unknown> = typeof value === "object" ? value : {};
  switch (name) {
    case "gateway":
      return `gateway ${gatewayWords(given)}`;
    case "consumerErrors":
      return `${percent(Number(given["rate"]))} of the events of ${String(given["consumer"])} fail`;
    case "projectionDelayMs":
      return `${String(given["projection"])} is late by ${seconds(Number(given["ms"]))}`;
    case "relayPaused":
      return "relay is paused";
    case "traffic":
      return `${String(given["ordersPerMinute"])} orders a minute`;
  }
}

function gatewayWords({ down, decline, timeout, errorRate, latencyMs }: Record<string, unknown>): string {
  return [
    down ? "is away" : "",
    decline ? "declines every card" : "",
    timeout ? "captures and never answers" : "",
    errorRate ? `fails ${percent(Number(errorRate))} of its calls` : "",
    latencyMs ? `takes ${seconds(Number(latencyMs))} a call` : "",
  ]
    .filter(Boolean)
    .join(", ");
}
