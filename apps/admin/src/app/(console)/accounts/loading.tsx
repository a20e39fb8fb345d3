import { Skeleton } from "@tillstream/ui";
import { accountColumns } from "../../../accounts/account-filters.ts";
import { ListSkeleton } from "../../../console/skeletons.tsx";

export default function Loading() {
  return (
    <ListSkeleton
      title="Accounts"
      description="Store credit, richest first."
      columns={accountColumns}
      above={<Skeleton className="mb-3 h-13 w-48" />}
    />
  );
}
