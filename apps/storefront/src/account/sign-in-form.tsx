"use client";
/** Signing in. One text for every failure: nobody learns which addresses have an account. */
import { authClient } from "@tillstream/trpc/auth-client";
import { Button, Field, PasswordInput, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";
import { answered, problemOf } from "./entry-problem.ts";
import { textOf } from "./form-text.ts";
import { Problem } from "./problem.tsx";

const REFUSED =
  "That did not work. Check the address and the password. If the account is new, follow the link in our mail first.";

export function SignInForm({ next }: { next: string }) {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSending(true);
    setProblem(undefined);
    const [email, password] = [textOf(form, "email"), textOf(form, "password")];
    const { error } = await answered(authClient.signIn.email({ email, password }));
    if (error === null) return location.assign(next);
    setSending(false);
    setProblem(problemOf(error.status, REFUSED));
  }

  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <Field label="E-mail" required>
        <TextInput name="email" type="email" autoComplete="username" required />
      </Field>
      <Field label="Password" required>
        <PasswordInput name="password" autoComplete="current-password" required />
      </Field>
      <Problem>{problem}</Problem>
      <Button type="submit" variant="primary" size="lg" loading={sending}>
        Sign in
      </Button>
    </form>
  );
}
