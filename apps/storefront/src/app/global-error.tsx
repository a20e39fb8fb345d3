"use client";
import { ErrorPanel } from "@tillstream/ui";
import "./globals.css";

/** When even the frame could not be made. */
export default function FrameError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <html lang="en" data-face="shop">
      <body>
        <title>Fernhill did not open</title>
        <main className="mx-auto max-w-2xl px-5 py-24">
          <h1 className="heading mb-6 text-3xl">The shop did not open</h1>
          <ErrorPanel
            title="Something went wrong on our side"
            cause="Your cart is kept in this browser, and nothing was ordered or charged."
            correlationId={digest}
            onRetry={retry}
          />
        </main>
      </body>
    </html>
  );
}
