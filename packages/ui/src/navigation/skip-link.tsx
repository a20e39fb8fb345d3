/** The first stop of the keyboard: straight to the page's content. Shells bring it along. */
export function SkipLink({ target = "main" }: { target?: string | undefined }) {
  return (
    <a
      href={`#${target}`}
      className="fixed top-2 left-2 z-60 -translate-y-20 rounded-md bg-accent px-4 py-2 font-medium text-accent-ink opacity-0 shadow-md focus-visible:translate-y-0 focus-visible:opacity-100"
    >
      Skip to content
    </a>
  );
}
