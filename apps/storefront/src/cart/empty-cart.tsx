import { EmptyState } from "@tillstream/ui";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import type { ReactNode } from "react";

export function EmptyCart({ action }: { action: ReactNode }) {
  return (
    <EmptyState title="Your cart is empty" icon={<ShoppingBag size={22} aria-hidden="true" />} action={action}>
      What you put in here stays in this browser until you order it or take it out.
    </EmptyState>
  );
}
