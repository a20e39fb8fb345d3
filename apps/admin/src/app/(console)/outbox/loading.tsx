import { PageHeader, Skeleton } from "@tillstream/ui";

export default function Loading() {
  return (
    <>
      <PageHeader title="Outbox" description={<Skeleton className="my-1 h-3 w-96 max-w-full" />} />
      <Skeleton className="h-12" />
      <div className="mt-4 grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5">
        {["backlog", "oldest", "aside", "published", "head"].map((tile) => (
          <Skeleton key={tile} className="h-24 rounded-lg" />
        ))}
      </div>
      <div className="mt-4 grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-64 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </div>
      <Skeleton className="mt-4 h-24 rounded-lg" />
    </>
  );
}
