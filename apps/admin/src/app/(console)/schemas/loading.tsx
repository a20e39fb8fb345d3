import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";

const columns = ["Type", "Version", "Events", "Share", "Last 24 h", "Share, 24 h", "Last seen", "Safe to drop?"];

export default function Loading() {
  return (
    <ListSkeleton title="Schemas" description={<Skeleton className="my-1 h-3 w-80 max-w-full" />} columns={columns} />
  );
}
