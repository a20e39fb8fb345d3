import { Skeleton } from "@tillstream/ui";
import { ListSkeleton, TabsSkeleton } from "../../../console/skeletons.tsx";

const columns = ["Saga", "Status", "Subject", "At step", "Began", "Took", "Failure", "Correlation"];

export default function Loading() {
  const above = (
    <>
      <TabsSkeleton count={9} />
      <Skeleton className="mb-3 h-control w-72 max-w-full" />
    </>
  );
  return (
    <ListSkeleton
      title="Sagas"
      description={<Skeleton className="my-1 h-3 w-96 max-w-full" />}
      columns={columns}
      above={above}
    />
  );
}
