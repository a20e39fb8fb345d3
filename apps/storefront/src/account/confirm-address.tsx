"use client";
/**
 * The landing of the link that confirms an address. The page does it, not the link: programs that open every link of a mail
 * confirm nothing.
 */
import { authClient } from "@tillstream/trpc/auth-client";
import { Button, LinkButton } from "@tillstream/ui";
import { useEffect, useState } from "react";
import { answered, isAway } from "./entry-problem.ts";

interface ConfirmAddressProps {
  token: string;
  next: string;
  /** The way to sign in that leads on to `next`. */
  loginPath: string;
}

type State = "confirming" | "confirmed" | "over" | "away";

export function ConfirmAddress({ token, next, loginPath }: ConfirmAddressProps) {
  const [state, setState] = useState<State>("confirming");
  useEffect(() => {
    async function goOn(): Promise<void> {
      const outcome = await confirm(token);
      if (outcome === "signedIn") location.replace(next);
      else setState(outcome);
    }
    if (state === "confirming") void goOn();
  }, [state, token, next]);
  return (
    <div aria-live="polite">
      {state === "confirming" && <p className="text-ink-soft">One moment, your account is being opened.</p>}
      {state === "confirmed" && (
        <p className="mb-6 text-ink-soft">Your address is confirmed. Sign in, and you are there.</p>
      )}
      {state === "over" && <LinkOver />}
      {(state === "confirmed" || state === "over") && (
        <LinkButton href={loginPath} variant="primary" size="lg">
          Sign in
        </LinkButton>
      )}
      {state === "away" && (
        <>
          <p className="mb-6 text-failed">The shop could not be reached. Your link is still good.</p>
          <Button onClick={() => setState("confirming")}>Try again</Button>
        </>
      )}
    </div>
  );
}

function LinkOver() {
  return (
    <p className="mb-6 text-ink-soft">
      This link no longer works: it is good for a day. Sign in with the password that you chose. If the address still
      needs to be confirmed, that sends a new link to it.
    </p>
  );
}

async function confirm(token: string): Promise<Exclude<State, "confirming"> | "signedIn"> {
  const { error } = await answered(authClient.verifyEmail({ query: { token } }));
  if (error !== null) return isAway(error.status) ? "away" : "over";
  const { data: session } = await answered(authClient.getSession());
  return session === null ? "confirmed" : "signedIn";
}
