import type { Metadata } from "next";
import { createLoader, parseAsInteger, type SearchParams } from "nuqs/server";
import { hasState } from "../../../../links/events.ts";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { STREAM_PAGE } from "../../../../streams/page-size.ts";
import { StreamView } from "../../../../streams/stream-view.tsx";

interface StreamPageProps {
  params: Promise<{ streamId: string }>;
  searchParams: Promise<SearchParams>;
}

const load = createLoader({ after: parseAsInteger.withDefault(0) });

export async function generateMetadata({ params }: StreamPageProps): Promise<Metadata> {
  return { title: `Stream ${decodeURIComponent((await params).streamId)}` };
}

export default async function StreamPage({ params, searchParams }: StreamPageProps) {
  const streamId = decodeURIComponent((await params).streamId);
  const { after } = await load(searchParams);
  const input = { streamId, afterVersion: Math.max(0, after), limit: STREAM_PAGE };
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.streams.read.queryOptions(input)),
        ...(hasState(streamId) ? [client.prefetchQuery(trpc.streams.stateAt.queryOptions({ streamId }))] : []),
      ]}
    >
      <StreamView streamId={streamId} />
    </Prefetched>
  );
}
