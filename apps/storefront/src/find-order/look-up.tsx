/** The page on which an order is found again, and what an order's page is for who may not open it. */
import { shopMeasure, TextLink } from "@tillstream/ui";
import type { ReactNode } from "react";
import { entrancePath } from "../server/return-path.ts";
import { currentUser } from "../server/shop.ts";
import { FindOrderForm } from "./forms.tsx";

interface LookUpProps {
  children: ReactNode;
  /** Where signing in leads to. */
  next: string;
}

export async function LookUp({ children, next }: LookUpProps) {
  const user = await currentUser();
  return (
    <div className={`${shopMeasure} pt-14 md:pt-20`}>
      <div className="mx-auto max-w-lg">
        <h1 className="heading text-4xl">Find your order</h1>
        <p className="mt-4 mb-8 text-ink-soft">{children}</p>
        <FindOrderForm />
        <p className="mt-6 text-muted">
          {user === null ? (
            <>
              Ordered while signed in? <TextLink href={entrancePath("/login", next)}>Sign in</TextLink> to see all your
              orders.
            </>
          ) : (
            <>
              What you ordered while signed in is in <TextLink href="/account/orders">your orders</TextLink>.
            </>
          )}
        </p>
      </div>
    </div>
  );
}
