import type { Metadata } from "next";
import { LetterView } from "../../../../dead-letters/letter-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

interface LetterPageProps {
  params: Promise<{ letterId: string }>;
}

export async function generateMetadata({ params }: LetterPageProps): Promise<Metadata> {
  return { title: `Dead letter ${decodeURIComponent((await params).letterId)}` };
}

export default async function LetterPage({ params }: LetterPageProps) {
  const id = decodeURIComponent((await params).letterId);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.deadLetters.byId.queryOptions({ id }))]}>
      <LetterView id={id} />
    </Prefetched>
  );
}
