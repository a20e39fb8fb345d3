import { Skeleton } from "@tillstream/ui";
import { ListSkeleton, TabsSkeleton } from "../../../console/skeletons.tsx";

const columns = ["Consumer", "Status", "Error", "Event", "Attempts", "First failed", "Last failed"];

export default function Loading() {
  const above = <TabsSkeleton count={2} />;
  return (
    <ListSkeleton
      title="Dead letters"
      description={<Skeleton className="my-1 h-3 w-96 max-w-full" />}
      columns={columns}
      above={above}
    />
  );
}
