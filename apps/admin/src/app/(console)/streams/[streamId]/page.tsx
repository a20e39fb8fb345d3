import type { QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Prefetched, type ServerTrpc } from "../../../../server/prefetch.tsx";
import { loadStreamAddress } from "../../../../streams/address.ts";
import { instantOf, pageOf, parseAt, standingAt } from "../../../../streams/at.ts";
import { changesInput, shapeOf } from "../../../../streams/shapes.ts";
import { StreamView } from "../../../../streams/stream-view.tsx";

interface StreamPageProps {
  params: Promise<{ streamId: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: StreamPageProps): Promise<Metadata> {
  return { title: `Stream ${decodeURIComponent((await params).streamId)}` };
}

export default async function StreamPage({ params, searchParams }: StreamPageProps) {
  const streamId = decodeURIComponent((await params).streamId);
  const { at, after } = await loadStreamAddress(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [prefetchStream(client, trpc, streamId, at, after)]}>
      <StreamView streamId={streamId} />
    </Prefetched>
  );
}

/** Which events and which state depends on how far the stream is. */
async function prefetchStream(
  client: QueryClient,
  trpc: ServerTrpc,
  streamId: string,
  address: string | null,
  after: number | null,
): Promise<void> {
  const at = address === null ? undefined : parseAt(address);
  const options = trpc.streams.point.queryOptions({ streamId, at: instantOf(at) });
  await client.prefetchQuery(options);
  const point = client.getQueryData(options.queryKey);
  if (point === undefined) return;
  const standing = standingAt(at, point);
  const page = pageOf(standing, after);
  if (page.limit > 0) void client.prefetchQuery(trpc.streams.read.queryOptions({ streamId, ...page }));
  if (!point.hasState) return;
  const ask = changesInput(streamId, page, shapeOf(point.streamType));
  await Promise.all([
    page.limit > 0 && client.prefetchQuery(trpc.streams.changes.queryOptions(ask)),
    client.prefetchQuery(trpc.streams.stateAt.queryOptions({ streamId, version: standing.version })),
  ]);
}
