/** Whether the processes of the running system answer, asked from outside: what is frozen cannot say so itself. */
import { healthUrl, SERVICE_NAMES } from "../../environment/system/services.ts";
import type { ServiceName } from "../../environment/system/services.ts";

const ANSWER_MS_MAX = 3_000;

export interface ProcessHealth {
  readonly name: ServiceName;
  /** Why it counts as gone; undefined for one that answers, whatever it says. */
  readonly problem: string | undefined;
}

export function askProcesses(ports: Parameters<typeof healthUrl>[1]): Promise<readonly ProcessHealth[]> {
  return Promise.all(SERVICE_NAMES.map(async (name) => ({ name, problem: await problemOf(healthUrl(name, ports)) })));
}

async function problemOf(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    const isSilent = error instanceof DOMException && error.name === "TimeoutError";
    return isSilent ? `no answer from ${url} within ${ANSWER_MS_MAX / 1_000} s` : `nothing listens at ${url}`;
  }
}
