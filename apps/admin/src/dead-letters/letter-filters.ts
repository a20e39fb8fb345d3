/** The list's filters as they stand in the address. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";

export const letterFilters = {
  consumer: parseAsString,
  /** An id: the page shows the letters before it. */
  before: parseAsString,
};

export const loadLetterFilters = createLoader(letterFilters);
const serialize = createSerializer(letterFilters);

export interface LetterFilters {
  readonly consumer: string | null;
  readonly before: string | null;
}

export function lettersHref(filters: Partial<LetterFilters>): string {
  return `/dead-letters${serialize(filters)}`;
}

export function listInput({ consumer, before }: LetterFilters) {
  const cursor = before !== null && /^\d{1,15}$/.test(before) ? before : undefined;
  return { consumer: consumer ?? undefined, cursor, limit: 50 };
}
