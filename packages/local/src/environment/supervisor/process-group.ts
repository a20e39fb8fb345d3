/** Ending a process together with all that it started. */
import { endProcess, isAlive, signalProcess } from "../processes.ts";

const STOP_TIMEOUT_MS = 10_000;
const KILL_TIMEOUT_MS = 5_000;

/** Each process leads a group of its own, so that the terminal's Ctrl-C reaches the supervisor only. */
export const GROUPS = process.platform !== "win32";

/** At once, also when it is stopped or answers to nothing. */
export function killGroup(leader: number): void {
  signalProcess(GROUPS ? -leader : leader, "SIGKILL");
}

/** SIGTERM for the leader, SIGKILL after 10 s, and SIGKILL for what it leaves behind. */
export async function endGroup(leader: number): Promise<void> {
  const steps = [
    ["SIGTERM", STOP_TIMEOUT_MS],
    ["SIGKILL", KILL_TIMEOUT_MS],
  ] as const;
  await endProcess(leader, steps);
  if (GROUPS && isAlive(-leader)) await endProcess(-leader, [["SIGKILL", KILL_TIMEOUT_MS]]);
}
