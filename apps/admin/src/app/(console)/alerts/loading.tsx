import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";

const columns = ["Status", "What is wrong", "Limit", "Peak", "Since", "Lasted", "Who"];

export default function Loading() {
  return (
    <ListSkeleton title="Alerts" description={<Skeleton className="my-1 h-3 w-80 max-w-full" />} columns={columns} />
  );
}
