/** That something has changed, over one stream for all tabs of this browser. */
import type { AdminRouter } from "@tillstream/commerce";
import { createSharedStream, streamOf, type SharedStream } from "@tillstream/trpc/shared-stream";
import type { TRPCClient } from "@trpc/client";

export const ANYTHING = { key: "anything", input: null, after: -1 };

type ChangeStream = SharedStream<null, null>;

function create(client: TRPCClient<AdminRouter>): ChangeStream {
  return createSharedStream({
    name: "tillstream.changes",
    open: streamOf<null, null, { changedAt: number }>(
      (_topics, events) => client.live.watch.subscribe(undefined, events),
      ({ changedAt }) => [{ key: ANYTHING.key, version: changedAt, data: null }],
    ),
  });
}

let ofThisTab: ChangeStream | undefined;

/** One for the whole tab. Nothing happens before the first subscription, which no server makes. */
export function changeStream(client: TRPCClient<AdminRouter>): ChangeStream {
  return (ofThisTab ??= create(client));
}
