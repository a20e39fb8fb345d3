import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";

const columns = [
  "Consumer",
  "State",
  "Lag",
  "Lag, last 3 min",
  "Behind",
  "Position / head",
  "Heartbeat",
  "Dead letters",
  "Pause or resume",
];

export default function Loading() {
  return (
    <ListSkeleton title="Consumers" description={<Skeleton className="my-1 h-3 w-80 max-w-full" />} columns={columns} />
  );
}
