/** What the server of the sessions answers to the forms at the entrances, and what they say about it. */
import type { authClient } from "@tillstream/trpc/auth-client";

export interface EntryError {
  /** 0 where nothing answered. */
  readonly status: number;
  readonly fields?: unknown;
}

interface EntryAnswer<Data> {
  readonly data: Data;
  readonly error: EntryError | null;
}

/** The answer of a call, also where there was none. The client comes with the first call: a form is filled in without it. */
export function answered<Data>(
  call: (client: typeof authClient) => Promise<EntryAnswer<Data>>,
): Promise<EntryAnswer<Data | null>> {
  return import("@tillstream/trpc/auth-client")
    .then(({ authClient: client }) => call(client))
    .catch(() => ({ data: null, error: { status: 0 } }));
}

/** @param otherwise why it did not work, when it is neither a limit nor our own fault */
export function problemOf(status: number, otherwise: string): string {
  if (status === 429) return "Those were too many tries. Wait a few minutes, then try again.";
  if (isAway(status)) return "The shop could not be reached. Try again in a moment; nothing you typed is lost.";
  return otherwise;
}

export const isAway = (status: number): boolean => status === 0 || status >= 500;
