import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";
import { eventColumns } from "../../../events/event-columns.ts";

export default function Loading() {
  const above = <Skeleton className="mb-3 h-9" />;
  return (
    <ListSkeleton
      title="Events"
      description={<Skeleton className="my-1 h-3 w-96 max-w-full" />}
      columns={eventColumns}
      above={above}
    />
  );
}
