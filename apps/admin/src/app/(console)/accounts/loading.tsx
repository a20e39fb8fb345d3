import { Skeleton } from "@tillstream/ui";
import { ListSkeleton } from "../../../console/skeletons.tsx";

const columns = ["Account", "Balance", "Held", "Available", "Version", "Opened", "Last change"];

export default function Loading() {
  return (
    <ListSkeleton
      title="Accounts"
      description="Store credit, richest first."
      columns={columns}
      above={<Skeleton className="mb-3 h-13 w-48" />}
    />
  );
}
