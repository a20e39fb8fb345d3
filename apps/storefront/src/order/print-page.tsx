"use client";
/** A sheet of paper on the screen: what is around it is not printed. */
import { Button, LinkButton, shopMeasure } from "@tillstream/ui";
import type { ReactNode } from "react";

export function PrintPage({ back, children }: { back: string; children: ReactNode }) {
  return (
    <div className={`${shopMeasure} pt-10 print:max-w-none print:p-0`}>
      <div className="mx-auto max-w-2xl print:max-w-none">
        <div className="mb-6 flex flex-wrap gap-3 print:hidden">
          <Button variant="primary" onClick={() => print()}>
            Print
          </Button>
          <LinkButton href={back}>Back to the order</LinkButton>
        </div>
        {children}
      </div>
    </div>
  );
}
