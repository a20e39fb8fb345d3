"use client";
/** Asks the server for this page again, keeping what is on it. */
import { Button } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import { useTransition } from "react";

export function RetryButton() {
  const router = useRouter();
  const [retrying, startRetry] = useTransition();
  return (
    <Button size="sm" loading={retrying} onClick={() => startRetry(() => router.refresh())}>
      Retry
    </Button>
  );
}
