import { Skeleton } from "@tillstream/ui";
import { ListSkeleton, TabsSkeleton } from "../../../console/skeletons.tsx";
import { groupColumns } from "../../../dead-letters/group-columns.ts";

export default function Loading() {
  const above = <TabsSkeleton count={2} />;
  return (
    <ListSkeleton
      title="Dead letters"
      description={<Skeleton className="my-1 h-3 w-96 max-w-full" />}
      columns={groupColumns}
      above={above}
    />
  );
}
