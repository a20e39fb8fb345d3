import { useId, type ReactNode } from "react";

/** One thing of the profile that can be changed by itself. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line py-8 first-of-type:border-t-0 first-of-type:pt-2">
      <h2 id={id} className="heading mb-4 text-2xl">
        {title}
      </h2>
      {children}
    </section>
  );
}
