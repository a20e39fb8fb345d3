"use client";
/** Beside a refusal for the reason that one is signed out, or another is signed in: the way back to this very page. */
import { isAnotherIdentity } from "@tillstream/trpc/commands";
import type { Failure } from "@tillstream/trpc/commands";

export function SignInAgain({ failure }: { failure: Failure | undefined }) {
  if (failure === undefined || !isAnotherIdentity(failure)) return null;
  const next = encodeURIComponent(`${location.pathname}${location.search}`);
  // A full load: everything on the page is made for the one who comes back.
  return (
    <a href={`/login?next=${next}`} className="font-medium text-accent-text underline underline-offset-4">
      {failure.httpStatus === 401 ? "Sign in and come back here" : "Open this page again"}
    </a>
  );
}
