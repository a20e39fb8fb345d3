"use client";
import { cn, ErrorPanel, LinkButton, shopMeasure } from "@tillstream/ui";

/** A page that could not be made. The frame with search and cart stays. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <div className={cn(shopMeasure, "max-w-3xl pt-16 md:pt-24")}>
      <h1 className="heading mb-6 text-3xl">This page did not work</h1>
      <ErrorPanel
        title="Something went wrong on our side"
        cause="We have noted it. Your cart is kept, and nothing was ordered or charged by opening this page."
        correlationId={digest}
        onRetry={retry}
        actions={
          <LinkButton href="/" size="sm">
            To the front of the shop
          </LinkButton>
        }
      />
    </div>
  );
}
