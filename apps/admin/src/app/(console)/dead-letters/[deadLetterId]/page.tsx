import type { Metadata } from "next";
import { DeadLetterView } from "../../../../dead-letters/dead-letter-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

interface DeadLetterPageProps {
  params: Promise<{ deadLetterId: string }>;
}

export async function generateMetadata({ params }: DeadLetterPageProps): Promise<Metadata> {
  return { title: `Dead letter ${decodeURIComponent((await params).deadLetterId)}` };
}

export default async function DeadLetterPage({ params }: DeadLetterPageProps) {
  const id = decodeURIComponent((await params).deadLetterId);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.deadLetters.byId.queryOptions({ id }))]}>
      <DeadLetterView id={id} />
    </Prefetched>
  );
}
