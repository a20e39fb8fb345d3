"use client";
/** What became of a command, where it was given: refused, with the way to sign in again where that is why, or not known. */
import { isAnotherIdentity } from "@tillstream/trpc/commands";
import type { AskedCommand, Failure } from "@tillstream/trpc/commands";
import { Banner, Button } from "@tillstream/ui";
import { Told } from "./told.tsx";

export function FailureText({ failure }: { failure: Failure }) {
  return (
    <>
      <Told text={failure.message} /> <SignInAgain failure={failure} />
    </>
  );
}

function SignInAgain({ failure }: { failure: Failure | undefined }) {
  if (failure === undefined || !isAnotherIdentity(failure)) return null;
  const next = encodeURIComponent(`${location.pathname}${location.search}`);
  // A full load: everything on the page is made for the one who comes back.
  return (
    <a href={`/login?next=${next}`} className="font-medium underline underline-offset-3">
      {failure.httpStatus === 401 ? "Sign in and come back here" : "Load this page again"}
    </a>
  );
}

interface OutcomeUnknownProps {
  /** What was sent: "the cancellation". */
  readonly what: string;
  readonly command: AskedCommand;
}

export function OutcomeUnknown({ what, command }: OutcomeUnknownProps) {
  return (
    <Banner
      tone="waiting"
      role="alert"
      className="order-last w-full"
      title={`It is not known yet whether ${what} was carried out`}
      actions={
        <Button size="sm" loading={command.state === "sending"} onClick={() => void command.ask()}>
          Ask what became of it
        </Button>
      }
    >
      The answer was lost. Asking sends the same command with the same Idempotency-Key, which is carried out once.{" "}
      <SignInAgain failure={command.failure} />
    </Banner>
  );
}
