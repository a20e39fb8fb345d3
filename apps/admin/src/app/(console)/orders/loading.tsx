import { ListSkeleton, TabsSkeleton } from "../../../console/skeletons.tsx";
import { orderColumns } from "../../../orders/order-filters.ts";

export default function Loading() {
  const above = <TabsSkeleton count={4} />;
  return <ListSkeleton title="Orders" description="As of a moment ago." columns={orderColumns} above={above} />;
}
