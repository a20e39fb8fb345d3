"use client";
/** What is to be corrected before the order can go out, each a link to its field. Takes the focus when it appears. */
import { useEffect, useRef } from "react";
import type { FieldErrors } from "./fields.ts";

export function ErrorSummary({ errors }: { errors: FieldErrors }) {
  const ref = useRef<HTMLDivElement>(null);
  const entries = Object.entries(errors);
  useEffect(() => {
    if (entries.length > 0) ref.current?.focus();
  }, [errors, entries.length]);
  if (entries.length === 0) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="alert"
      className="mb-8 rounded-lg border border-failed/45 bg-surface p-5 outline-none"
    >
      <p className="font-semibold">
        {entries.length === 1 ? "There is 1 problem" : `There are ${entries.length} problems`}
      </p>
      <ul className="mt-2 list-disc pl-5">
        {entries.map(([name, message]) => (
          <li key={name}>
            <a href={`#${name}`} className="underline">
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
