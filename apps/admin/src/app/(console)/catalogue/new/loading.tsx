import { DetailSkeleton } from "../../../../console/skeletons.tsx";

export default function Loading() {
  return <DetailSkeleton what="the form" panels={2} />;
}
