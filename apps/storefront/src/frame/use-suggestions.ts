"use client";
/** Asks for suggestions once the typing rests. Plain HTTP, as this is on every page; where it fails, there are none. */
import type { Suggestions } from "@tillstream/commerce";
import { useEffect, useState } from "react";

const REST_MS = 180;
const TIMEOUT_MS = 5_000;

export type Suggestion =
  | { readonly kind: "search"; readonly words: string }
  | ({ readonly kind: "category" } & Suggestions["categories"][number])
  | ({ readonly kind: "product" } & Suggestions["products"][number]);

export function hrefOf(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case "search":
      return `/search?${new URLSearchParams({ q: suggestion.words })}`;
    case "category":
      return `/c/${suggestion.slug}`;
    case "product":
      return `/p/${suggestion.slug}${suggestion.shown === null ? "" : `?sku=${suggestion.shown}`}`;
  }
}

async function ask(text: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const input = encodeURIComponent(JSON.stringify({ text }));
  const response = await fetch(`/api/trpc/catalogue.suggest?input=${input}`, { signal });
  if (!response.ok) return [];
  const { result } = (await response.json()) as { result: { data: Suggestions } }; // tRPC's envelope
  const { corrected, categories, products } = result.data;
  return [
    ...(corrected === null ? [] : [{ kind: "search" as const, words: corrected }]),
    ...categories.map((category) => ({ kind: "category" as const, ...category })),
    ...products.map((product) => ({ kind: "product" as const, ...product })),
  ];
}

/** The last ones stay until there are others. @param text undefined before anything was typed */
export function useSuggestions(text: string | undefined): readonly Suggestion[] {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    const typed = text?.trim() ?? "";
    const left = new AbortController();
    const late = setTimeout(() => left.abort(), REST_MS + TIMEOUT_MS);
    const rest = setTimeout(() => {
      const answer = typed === "" ? Promise.resolve([]) : ask(typed, left.signal).catch(() => []);
      void answer.then((given) => left.signal.aborted || setSuggestions(given));
    }, REST_MS);
    return () => {
      clearTimeout(rest);
      clearTimeout(late);
      left.abort();
    };
  }, [text]);
  return suggestions;
}
