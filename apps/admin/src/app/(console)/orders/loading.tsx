import { ListSkeleton, TabsSkeleton } from "../../../console/skeletons.tsx";

const columns = ["Order", "Status", "Steps", "Items", "Total", "Why cancelled", "Placed"];

export default function Loading() {
  const above = <TabsSkeleton count={4} />;
  return <ListSkeleton title="Orders" description="As of a moment ago." columns={columns} above={above} />;
}
