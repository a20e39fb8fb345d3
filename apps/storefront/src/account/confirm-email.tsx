"use client";
import { Button } from "@tillstream/ui";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { change } from "../shop/calls.ts";
import { Problem } from "./problem.tsx";
import { useAttempt } from "./use-attempt.ts";

interface ConfirmEmailProps {
  person: string;
  token: string;
  from: string;
  to: string;
}

export function ConfirmEmail({ person, token, from, to }: ConfirmEmailProps) {
  const [done, setDone] = useState(false);
  const { form, sending, attempt, problemBeside } = useAttempt();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const answer = await attempt(() => change(person, "profile", "confirmEmail", { token }));
    setDone(answer !== undefined);
  }

  if (done) return <Done email={to} />;
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} className="grid gap-5">
      <p className="text-ink-soft">
        With this you will sign in with <span className="break-words text-ink">{to}</span> in place of{" "}
        <span className="break-words text-ink">{from}</span>, and are signed out everywhere.
      </p>
      <Problem>{problemBeside()}</Problem>
      <Button type="submit" variant="primary" size="lg" loading={sending}>
        Use this address
      </Button>
    </form>
  );
}

function Done({ email }: { email: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="rounded-lg bg-sunken p-6">
      <h2 ref={heading} tabIndex={-1} className="heading text-2xl outline-none">
        Your address is changed
      </h2>
      <p className="mt-3 mb-5 text-ink-soft">
        Sign in with <span className="break-words text-ink">{email}</span> and the password that you had.
      </p>
      {/* A page of its own: this one was made for somebody who was signed in. */}
      <Button variant="primary" onClick={() => location.assign("/login")}>
        Sign in
      </Button>
    </div>
  );
}
