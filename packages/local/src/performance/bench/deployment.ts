/** One consumer in a deployment as `startModules` runs it, in this process: what reaches its handler, and when. */
import { appendEvents, defineConsumer, defineModule, on, startModules } from "@tillstream/eventing";
import type { RunningModules } from "@tillstream/eventing";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { Ticked } from "../../resilience/faults/ordering.ts";
import type { BenchShop } from "./shop.ts";

const metadata = { correlationId: "bench", causationId: "bench", actor: "bench" };

/** Starts from what was published before under the same name. */
export function startConsumer(
  { url }: BenchShop,
  name: string,
  handle: (tx: SqlExecutor, streamId: string) => Promise<void> | void,
): Promise<RunningModules> {
  const own = defineModule<object>({
    name,
    events: [Ticked],
    consumers: () => [defineConsumer(name, [on(Ticked, (tx, { streamId }) => handle(tx, streamId))])],
  });
  return startModules([own], {}, { url });
}

/** One event, the first of its stream. */
export async function tick(db: Database, streamId: string): Promise<void> {
  await appendEvents(db, {
    streamId,
    streamType: "bench",
    expectedVersion: "new",
    events: [Ticked.create({})],
    metadata,
  });
}
