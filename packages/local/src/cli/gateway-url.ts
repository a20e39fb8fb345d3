import { processSettings, readEnv } from "@tillstream/runtime";
import { readLocalSettings } from "../settings.ts";
import { findRunning } from "../system/state-file.ts";

/** The gateway of the running system, else the one that the settings name. */
export function runningGatewayUrl(): string {
  return findRunning(readLocalSettings().dataDir)?.urls["gateway"] ?? readEnv(processSettings).GATEWAY_URL;
}
