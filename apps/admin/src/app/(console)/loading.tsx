import { PageHeader, Skeleton } from "@tillstream/ui";

const tiles = ["rate", "today", "outbox", "lag", "letters", "alerts", "running", "failed", "stuck", "differences"];

/** The overview on its way; pages below it bring their own. */
export default function Loading() {
  return (
    <>
      <PageHeader title="Overview" />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
        {tiles.map((tile) => (
          <Skeleton key={tile} className="h-28 rounded-lg" />
        ))}
      </div>
      <div className="mt-4 grid gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
    </>
  );
}
