/** A fault that somebody switched on for trying out: then it is the cause, and turning it off is the step. */
import type { Alert } from "@tillstream/eventing";
import { environmentSettings, readEnv } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { formatTime } from "../catalogue/index.ts";
import { faultsOn } from "../faults/index.ts";
import type { Fault } from "../faults/index.ts";
import type { KnownCause } from "./known-cause.ts";

const WORDS = {
  gateway: "the payment gateway",
  relayPaused: "the relay is paused",
  consumerErrors: "events of this consumer fail",
  projectionDelayMs: "this projection is slow",
} as const satisfies Partial<Record<Fault["name"], string>>;

/** Undefined where none explains the alert, and in every environment that people use. */
export async function faultBehind(
  db: SqlExecutor,
  alert: Pick<Alert, "check" | "subject">,
): Promise<KnownCause | undefined> {
  if (!readEnv(environmentSettings).TILLSTREAM_LOCAL) return undefined;
  const fault = (await faultsOn(db)).find((one) => explains(one, alert));
  if (fault === undefined || fault.name === "traffic") return undefined;
  const off = fault.name === "relayPaused" ? false : null;
  return {
    code: "fault-switched-on",
    says: `A fault is switched on by ${fault.setBy}, until ${formatTime(fault.expiresAt)}: ${WORDS[fault.name]}.`,
    path: "/dev",
    action: {
      says: "Turn the fault off.",
      step: {
        procedure: "faults.set",
        input: { [fault.name]: off },
        label: "Turn the fault off",
        command: null,
        dryRun: "would end the fault; what waits goes on by itself",
      },
    },
  };
}

function explains(fault: Fault, { check, subject }: Pick<Alert, "check" | "subject">): boolean {
  switch (fault.name) {
    case "gateway":
      return check === "gateway-errors";
    case "relayPaused":
      return check === "outbox-age";
    case "consumerErrors":
      return (check === "dead-letters" || check === "consumer-lag") && fault.value.consumer === subject;
    case "projectionDelayMs":
      return check === "projection-lag" && fault.value.projection === subject;
    case "traffic":
      return false;
  }
}
