/** A page after the last row of a list by time. */
import { EmptyState } from "@tillstream/ui";
import type { ReactNode } from "react";
import type { TimeOrder } from "./time-order.ts";

/** @param children what the first row of all is, said where the list ends there */
export function NothingFurther({ sort, children }: { sort: TimeOrder; children: ReactNode }) {
  if (sort === "newest") return <EmptyState title="Nothing older">{children}</EmptyState>;
  return <EmptyState title="Nothing newer">Nothing has come after what is listed before.</EmptyState>;
}
