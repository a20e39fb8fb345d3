"use client";
/** What is to be corrected before one can go on, each a link to its field. Takes the focus when it appears. */
import { useEffect, useRef } from "react";

/** @param errors of the fields, in their order on the page */
export function ErrorSummary({ errors }: { errors: readonly (readonly [field: string, message: string])[] }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  if (errors.length === 0) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="alert"
      className="mb-6 rounded-lg border border-failed/45 bg-surface p-5 outline-none"
    >
      <p className="font-semibold">
        {errors.length === 1 ? "There is 1 problem" : `There are ${errors.length} problems`}
      </p>
      <ul className="mt-2 list-disc pl-5">
        {errors.map(([field, message]) => (
          <li key={field}>
            <a href={`#${field}`} className="underline">
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
