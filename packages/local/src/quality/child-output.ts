/** A child process to its end: its exit code, and what it printed. */
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly complaints: string;
}

/** Rejects when the process cannot be started. */
export async function untilEnded(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const [out, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, complaints };
}
