import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";

const columns = [
  "Projection",
  "State",
  "Lag",
  "Lag, last 5 min",
  "Behind",
  "Events/s",
  "Caught up in",
  "Position / head",
  "Heartbeat",
  "Dead letters",
];

export default function Loading() {
  return (
    <ListSkeleton
      title="Projections"
      description={<Skeleton className="my-1 h-3 w-80 max-w-full" />}
      columns={columns}
    />
  );
}
