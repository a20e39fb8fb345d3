/** Waiting until a process answers its health endpoint. */
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 150;
const REQUEST_TIMEOUT_MS = 5_000;

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** Resolves when `url` answers 2xx. Rejects after `timeoutMs`, or with the reason of `signal`. */
export async function waitUntilHealthy(
  name: string,
  url: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await answers(url))) {
    signal.throwIfAborted();
    if (Date.now() > deadline) throw new Error(`${name} did not answer ${url} within ${timeoutMs / 1_000} s`);
    await delay(POLL_MS);
  }
}
