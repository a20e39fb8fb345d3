import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";

const columns = ["Worker", "State", "Version", "Runs", "Leases", "Since", "Heartbeat", "Drain or resume"];

export default function Loading() {
  return (
    <ListSkeleton title="Workers" description={<Skeleton className="my-1 h-3 w-80 max-w-full" />} columns={columns} />
  );
}
