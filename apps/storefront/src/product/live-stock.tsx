"use client";
/** Keeps the stock on an open page true: asks a small question while somebody looks, and draws the page again when the answer is another. */
import type { StockBand } from "@tillstream/commerce";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY_MS = 20_000;
const TIMEOUT_MS = 10_000;

interface LiveStockProps {
  readonly slug: string;
  /** As the page has it, by sku in the order of the variants. */
  readonly known: readonly { readonly sku: string; readonly stock: StockBand }[];
}

export function LiveStock({ slug, known }: LiveStockProps) {
  const router = useRouter();
  const shown = JSON.stringify(known);
  useEffect(() => {
    const address = `/api/trpc/catalogue.stock?input=${encodeURIComponent(JSON.stringify({ slug }))}`;
    const leaving = new AbortController();
    async function look() {
      if (document.visibilityState === "hidden") return;
      try {
        const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(TIMEOUT_MS)]);
        const answer = await fetch(address, { signal, cache: "no-store" });
        const { result } = (await answer.json()) as { result?: { data: unknown } }; // tRPC's envelope
        if (result !== undefined && JSON.stringify(result.data) !== shown) router.refresh();
      } catch {
        // What is shown stays; the next look may be luckier.
      }
    }
    const timer = setInterval(() => void look(), EVERY_MS);
    const onVisible = () => void look();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      leaving.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [slug, shown, router]);
  return null;
}
