"use client";
/** A command was sent and nobody knows what became of it: says so, and offers the one thing that can be done. */
import type { AskedCommand } from "@tillstream/trpc/commands";
import { Banner, Button } from "@tillstream/ui";
import { SignInAgain } from "./sign-in-again.tsx";

interface UnsettledProps {
  /** What was sent, to stand before "went through": "your payment in". */
  readonly what: string;
  readonly command: AskedCommand;
}

export function Unsettled({ what, command }: UnsettledProps) {
  return (
    <Banner
      tone="waiting"
      role="alert"
      title={`We do not know yet whether ${what} went through`}
      actions={
        <Button loading={command.state === "sending"} onClick={() => void command.ask()}>
          Ask what became of it
        </Button>
      }
    >
      The answer got lost on its way. Ask again: it will not be done twice. <SignInAgain failure={command.failure} />
    </Banner>
  );
}
