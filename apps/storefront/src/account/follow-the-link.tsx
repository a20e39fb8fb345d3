"use client";
/** After a sign-up that opened no session: the mail has the way on. */
import { Button } from "@tillstream/ui";
import { useState } from "react";
import { answered, problemOf } from "./entry-problem.ts";
import { LookInMail } from "./look-in-mail.tsx";
import { Problem } from "./problem.tsx";

/** What an account was opened with. */
export interface Opened {
  readonly email: string;
  readonly password: string;
}

interface FollowTheLinkProps {
  opened: Opened;
  next: string;
  onOther(): void;
}

export function FollowTheLink({ opened, next, onOther }: FollowTheLinkProps) {
  const [state, setState] = useState<"idle" | "sending" | "sent">("idle");
  const [problem, setProblem] = useState<string>();

  /** Signing in too early sends the link again; not too early, it leads on. */
  async function sendAgain(): Promise<void> {
    setState("sending");
    setProblem(undefined);
    const { error } = await answered((auth) => auth.signIn.email({ ...opened, callbackURL: next }));
    if (error === null) return location.assign(next);
    const isRefused = error.status === 401;
    setState(isRefused ? "sent" : "idle");
    if (!isRefused) setProblem(problemOf(error.status, "That did not work. Try again in a moment."));
  }

  return (
    <>
      <LookInMail
        actions={
          <>
            <Button loading={state === "sending"} onClick={() => void sendAgain()}>
              Send it again
            </Button>
            <Button variant="ghost" onClick={onOther}>
              Use another address
            </Button>
          </>
        }
      >
        We wrote to <span className="break-words text-ink">{opened.email}</span>: follow the link in the mail to finish.
        It may take a minute.
      </LookInMail>
      <div role="status" className="mt-4 text-ink-soft">
        {state === "sent" &&
          "If the account still needs its link, another mail is on the way. Look among the junk too."}
      </div>
      <Problem>{problem}</Problem>
    </>
  );
}
