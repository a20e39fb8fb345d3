"use client";
/** What is shown once a mail is on its way, or would be: it does not tell which. */
import { useEffect, useRef, type ReactNode } from "react";

export function LookInMail({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="rounded-lg bg-sunken p-6">
      <h2 ref={heading} tabIndex={-1} className="heading text-2xl outline-none">
        Check your mail
      </h2>
      <p className="mt-3 text-ink-soft">{children}</p>
      <div className="mt-5 flex flex-wrap gap-3">{actions}</div>
    </div>
  );
}
