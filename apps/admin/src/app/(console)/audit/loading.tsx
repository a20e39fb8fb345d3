import { Skeleton } from "@tillstream/ui";
import { auditColumns } from "../../../audit/audit-columns.ts";
import { ListSkeleton } from "../../../console/skeletons.tsx";

export default function Loading() {
  const above = <Skeleton className="mb-3 h-9" />;
  return (
    <ListSkeleton
      title="Audit"
      description={<Skeleton className="my-1 h-3 w-96 max-w-full" />}
      columns={auditColumns}
      above={above}
    />
  );
}
