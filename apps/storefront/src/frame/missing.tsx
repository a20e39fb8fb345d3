import { cn, LinkButton, shopMeasure } from "@tillstream/ui";
import type { ReactNode } from "react";
import { Popular } from "../catalogue/popular.tsx";

interface MissingProps {
  title: string;
  /** Words that may say what was looked for. */
  soughtFor?: string;
  children: ReactNode;
}

/** What is not there, said kindly, with ways on. */
export function Missing({ title, soughtFor, children }: MissingProps) {
  return (
    <div className={cn(shopMeasure, "pt-16 md:pt-24")}>
      <p className="text-sm font-medium text-accent-text">Not found</p>
      <h1 className="heading mt-2 text-3xl">{title}</h1>
      <p className="mt-4 max-w-[56ch] text-ink-soft">{children}</p>
      <div className="mt-7 flex flex-wrap gap-3">
        <LinkButton href="/products" variant="primary">
          See everything
        </LinkButton>
        <LinkButton href="/">To the front of the shop</LinkButton>
      </div>
      <div className="mt-20">
        <Popular soughtFor={soughtFor} />
      </div>
    </div>
  );
}
