"use client";
/** Signs out: of the server, of what this browser keeps, and of its other tabs. */
import { forgetIntentions } from "@tillstream/trpc/commands";
import { Button } from "@tillstream/ui";
import { useState } from "react";
import { forgetEverything } from "../shop/kept.ts";
import { tellPerson } from "../shop/people-channel.ts";
import { answered } from "./entry-problem.ts";

export function SignOutButton() {
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");

  async function leave(): Promise<void> {
    setState("leaving");
    const { error } = await answered((auth) => auth.signOut());
    if (error !== null) return setState("failed");
    forgetIntentions();
    forgetEverything();
    tellPerson(null);
    location.assign("/");
  }

  return (
    <div className="flex flex-wrap items-baseline gap-3">
      {state === "failed" && (
        <p role="alert" className="text-failed">
          The shop could not be reached: you are still signed in. Try again in a moment.
        </p>
      )}
      <Button variant="ghost" loading={state === "leaving"} onClick={() => void leave()}>
        Sign out
      </Button>
    </div>
  );
}
