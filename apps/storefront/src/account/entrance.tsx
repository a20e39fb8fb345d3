import { shopMeasure } from "@tillstream/ui";
import type { ReactNode } from "react";

/** The frame of the pages through which one comes in. */
export function Entrance({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <div className={`${shopMeasure} pt-14 md:pt-20`}>
      <div className="mx-auto max-w-md">
        <h1 className="heading mb-8 text-4xl">{title}</h1>
        {children}
        {aside !== undefined && <p className="mt-6 text-muted">{aside}</p>}
      </div>
    </div>
  );
}
