/** A page of plain words: a heading, what it says in short, and sections that can be linked to. */
import { cn, shopMeasure, TextLink } from "@tillstream/ui";
import type { ReactNode } from "react";
import { SERVICE_PAGES } from "./pages.ts";

interface ServicePageProps {
  readonly path: string;
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

export function ServicePage({ path, title, lead, children }: ServicePageProps) {
  return (
    <div className={cn(shopMeasure, "grid gap-12 pt-10 md:grid-cols-[1fr_14rem] md:gap-20 md:pt-14")}>
      <article className="max-w-[68ch] min-w-0">
        <h1 className="heading text-3xl text-balance">{title}</h1>
        <p className="mt-4 text-lg text-ink-soft">{lead}</p>
        {children}
      </article>
      <nav aria-label="Help" className="border-t border-line pt-6 md:border-t-0 md:border-l md:pt-2 md:pl-8">
        <ul className="grid gap-1">
          {SERVICE_PAGES.filter(({ href }) => href !== path).map(({ href, label }) => (
            <li key={href}>
              <TextLink href={href} className="inline-flex min-h-8 items-center">
                {label}
              </TextLink>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

export function Section({ id, title, children }: { id?: string; title: string; children: ReactNode }) {
  return (
    <section id={id} className="mt-10 scroll-mt-28">
      <h2 className="heading text-xl">{title}</h2>
      <div className="mt-2 grid gap-3 text-ink-soft">{children}</div>
    </section>
  );
}
