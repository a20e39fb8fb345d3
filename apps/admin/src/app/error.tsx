"use client";
import { ErrorPanel } from "@tillstream/ui";

/** The frame itself could not be rendered, such as in the second in which the database goes away. */
export default function FrameError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center px-5 py-10">
      <h1 className="heading mb-4 text-xl">The console could not be opened</h1>
      <ErrorPanel
        title="The console could not be shown"
        cause="Most likely the database is away for a moment. Nothing was changed. Load the page again."
        correlationId={digest}
        onRetry={retry}
      />
    </main>
  );
}
