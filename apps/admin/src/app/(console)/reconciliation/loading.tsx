import { Skeleton } from "@tillstream/ui";
import { ListSkeleton, TabsSkeleton } from "../../../console/skeletons.tsx";
import { findingColumns } from "../../../reconciliation/finding-words.ts";

export default function Loading() {
  const above = (
    <>
      <TabsSkeleton count={4} />
      <TabsSkeleton count={6} />
    </>
  );
  return (
    <ListSkeleton
      title="Reconciliation"
      description={<Skeleton className="my-1 h-3 w-96 max-w-full" />}
      columns={findingColumns}
      above={above}
    />
  );
}
