"use client";
/** Signing in. One text for every failure: nobody learns which addresses have an account. */
import { authClient } from "@tillstream/trpc/auth-client";
import { textOf } from "./form-text.ts";
import { Button, Field, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";

export function SignInForm({ next }: { next: string }) {
  const [state, setState] = useState<"idle" | "sending" | "refused" | "unreachable">("idle");

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState("sending");
    const { error } = await authClient.signIn.email({
      email: textOf(form, "email"),
      password: textOf(form, "password"),
    });
    if (error === null) return location.assign(next);
    setState(error.status === 0 || error.status >= 500 ? "unreachable" : "refused");
  }

  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <Field label="E-mail" required>
        <TextInput name="email" type="email" autoComplete="username" required />
      </Field>
      <Field label="Password" required>
        <TextInput name="password" type="password" autoComplete="current-password" required />
      </Field>
      {state === "refused" && (
        <p role="alert" className="text-failed">
          That did not work. Check the address and the password.
        </p>
      )}
      {state === "unreachable" && (
        <p role="alert" className="text-failed">
          The shop could not be reached. Try again in a moment.
        </p>
      )}
      <Button type="submit" variant="primary" size="lg" loading={state === "sending"}>
        Sign in
      </Button>
    </form>
  );
}
