import { Skeleton } from "@tillstream/ui";
import { ListSkeleton, TabsSkeleton } from "../../../console/skeletons.tsx";
import { stockColumns } from "../../../stock/stock-filters.ts";

export default function Loading() {
  return (
    <ListSkeleton
      title="Stock"
      description="As of a moment ago."
      columns={stockColumns}
      above={
        <>
          <Skeleton className="mb-3 h-18 sm:max-w-96" />
          <TabsSkeleton count={2} />
        </>
      }
    />
  );
}
