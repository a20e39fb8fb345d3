import { PageHeader, Skeleton } from "@tillstream/ui";

const parts = [
  "worker",
  "relay",
  "subscriptions",
  "jobs",
  "orders",
  "gateway",
  "reconciliation",
  "mail",
  "redis",
  "postgres",
];
const tiles = ["today", "outbox", "lag", "deadLetters", "running", "failed", "stuck", "differences"];

/** The overview on its way; pages below it bring their own. */
export default function Loading() {
  return (
    <>
      <PageHeader title="Overview" />
      <Skeleton className="h-52 rounded-lg" />
      <div className="mt-3 grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-5">
        {parts.map((part) => (
          <Skeleton key={part} className="h-20 rounded-lg" />
        ))}
      </div>
      <div className="mt-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
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
