"use client";
/** A command was sent and its outcome is unknown: says so, and offers to ask again. */
import type { AskedCommand } from "@tillstream/trpc/commands";
import { Banner, Button } from "@tillstream/ui";
import { SignInAgain } from "./sign-in-again.tsx";

interface UnsettledProps {
  /** What may have happened: "your cancellation went through". */
  readonly whether: string;
  readonly command: AskedCommand;
}

export function Unsettled({ whether, command }: UnsettledProps) {
  return (
    <Banner
      tone="waiting"
      role="alert"
      title={`We do not know yet whether ${whether}`}
      actions={
        <Button loading={command.state === "sending"} onClick={() => void command.ask()}>
          Ask what became of it
        </Button>
      }
    >
      {command.failure?.httpStatus === undefined ? "The answer was lost on its way." : command.failure.message} Ask
      again: it will not be done twice. <SignInAgain failure={command.failure} />
    </Banner>
  );
}
