import { paymentSettings } from "@tillstream/commerce/settings";
import { readEnv } from "@tillstream/runtime";
import { readLocalSettings } from "../../environment/settings.ts";
import { findRunning } from "../../environment/system/state-file.ts";

/** The gateway of the running system, else the one that the settings name. */
export function runningGatewayUrl(): string {
  return findRunning(readLocalSettings().dataDir)?.urls["gateway"] ?? readEnv(paymentSettings).GATEWAY_URL;
}
