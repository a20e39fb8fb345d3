import { ListSkeleton } from "../../../console/skeletons.tsx";
import { returnColumns } from "../../../returns/return-filters.ts";

export default function Loading() {
  return (
    <ListSkeleton
      title="Returns"
      description="What customers announced, and whole parcels that came back. The money and the goods follow by themselves."
      columns={returnColumns}
    />
  );
}
