"use client";
/** Beside a refusal for the reason that one is signed out, or another is signed in: the way back to this very page. */
import { isAnotherIdentity } from "@tillstream/trpc/commands";
import type { Failure } from "@tillstream/trpc/commands";
import { SignInLink } from "./sign-in-link.tsx";

export function SignInAgain({ failure }: { failure: Failure | undefined }) {
  if (failure === undefined || !isAnotherIdentity(failure)) return null;
  return <SignInLink reason={failure.reason} />;
}
