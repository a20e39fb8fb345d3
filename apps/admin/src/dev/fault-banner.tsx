"use client";
/** Over every page while a fault is on: which, until when, and the way to end it. */
import { Banner, Instant, Link, LinkButton } from "@tillstream/ui";
import { saysOf } from "./fault-words.ts";
import { useFaults } from "./use-faults.ts";

export function FaultBanner() {
  const [first, ...others] = useFaults().data?.faults ?? [];
  if (first === undefined) return null;
  return (
    <Banner
      tone="waiting"
      flush
      actions={
        <LinkButton href="/dev" size="sm">
          See faults
        </LinkButton>
      }
    >
      <p className="truncate">
        <Link href="/dev" className="font-medium text-ink underline underline-offset-3">
          A fault is switched on
        </Link>
        : {saysOf(first)}, until <Instant at={first.expiresAt} format="time" />
        {others.length > 0 && `, and ${others.length} more`}
      </p>
    </Banner>
  );
}
