import { ListSkeleton } from "../../../console/skeletons.tsx";
import { discountColumns, discountsAbout } from "../../../discounts/discount-filters.ts";

export default function Loading() {
  return <ListSkeleton title="Discounts" description={discountsAbout} columns={discountColumns} />;
}
