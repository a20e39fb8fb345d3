import { LinkButton, cn, shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { NOT_HERE } from "../found/not-here.ts";

export const metadata: Metadata = { title: "Not found" };

/** For what the proxy does not see, such as a picture that is gone: people come to the page of `server/unknown-page.ts`. */
export default function NotFound() {
  return (
    <div className={cn(shopMeasure, "pt-16 md:pt-24")}>
      <h1 className="heading text-3xl">{NOT_HERE.title}</h1>
      <p className="mt-4 max-w-[56ch] text-ink-soft">{NOT_HERE.text}</p>
      <div className="mt-7 flex flex-wrap gap-3">
        {NOT_HERE.ways.map(({ href, label }) => (
          <LinkButton key={href} href={href}>
            {label}
          </LinkButton>
        ))}
      </div>
    </div>
  );
}
