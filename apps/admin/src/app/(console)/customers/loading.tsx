import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";
import { customerColumns, customersAbout } from "../../../customers/customer-columns.ts";

export default function Loading() {
  return (
    <ListSkeleton
      title="Customers"
      description={customersAbout}
      columns={customerColumns}
      above={<Skeleton className="mb-3 h-18 sm:max-w-96" />}
    />
  );
}
