"use client";
import { ErrorPanel, PageHeader } from "@tillstream/ui";

/** A page that could not be rendered. What its queries could not load is shown by the page itself. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <>
      <PageHeader title="This page failed" />
      <ErrorPanel
        title="The page could not be shown"
        cause="A fault in the console itself. The rest of the console works, and nothing was changed."
        correlationId={digest}
        onRetry={retry}
      />
    </>
  );
}
