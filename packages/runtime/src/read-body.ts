/** The body of a request, as far as it may go. */
import { systemScheduler } from "./scheduler.ts";
import type { Scheduler } from "./scheduler.ts";

/** A body of ours is a few kilobytes. A sender who needs longer for it holds a connection on purpose. */
const BODY_MS_MAX = 10_000;

/** What is left of it is not read: the connection is to end with the answer. */
export type UnreadBody = "too large" | "too slow";

/** The whole of it, unless it has more than `bytesMax` or takes longer than ten seconds to come. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  bytesMax: number,
  scheduler: Scheduler = systemScheduler,
): Promise<Buffer<ArrayBuffer> | UnreadBody> {
  const over = new AbortController();
  const late = scheduler.sleep(BODY_MS_MAX, over.signal).then(() => "too slow" as const);
  try {
    return await Promise.race([readUpTo(body, bytesMax), late]);
  } finally {
    over.abort();
  }
}

async function readUpTo(body: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Buffer<ArrayBuffer> | UnreadBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > bytesMax) return "too large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
