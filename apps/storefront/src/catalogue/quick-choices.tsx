"use client";
/** Links that narrow a list, each made for what the page shows: one that is pressed before the one before it has landed keeps that choice. */
import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition, type MouseEvent, type ReactNode } from "react";
import type { ListState } from "./listing-address.ts";

interface QuickChoicesProps {
  state: ListState;
  children: ReactNode;
}

export function QuickChoices({ state, children }: QuickChoicesProps) {
  const router = useRouter();
  const [isPending, startChoosing] = useTransition();
  /** Where the choices that have not landed yet lead. */
  const ahead = useRef<ListState>(undefined);
  useEffect(() => {
    if (!isPending) ahead.current = undefined;
  }, [isPending]);

  function choose(event: MouseEvent<HTMLElement>): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    const href = link?.getAttribute("href");
    const isElsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!href || isElsewhere) return;
    event.preventDefault(); // the link's own way, which knows nothing of the choice before
    void follow(href).catch(() => location.assign(href));
  }

  /** The code that reads addresses comes with the first choice: a page that is only looked at needs none of it. */
  async function follow(href: string): Promise<void> {
    const { alsoChosen, listHref, stateBehind } = await import("./listing-address.ts");
    const next = alsoChosen(ahead.current ?? state, state, stateBehind(href));
    ahead.current = next;
    startChoosing(() => router.push(listHref(next), { scroll: false }));
  }

  return (
    <div aria-busy={isPending} onClickCapture={choose}>
      {children}
    </div>
  );
}
