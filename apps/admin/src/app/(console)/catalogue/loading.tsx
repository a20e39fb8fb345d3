import { Skeleton } from "@tillstream/ui";
import { catalogueAbout, catalogueColumns } from "../../../catalogue/catalogue-filters.ts";
import { ListSkeleton } from "../../../console/skeletons.tsx";

export default function Loading() {
  return (
    <ListSkeleton
      title="Catalogue"
      description={catalogueAbout}
      columns={catalogueColumns}
      above={<Skeleton className="mb-3 h-18 sm:max-w-96" />}
    />
  );
}
