"use client";
/** Opening an account. */
import { authClient } from "@tillstream/trpc/auth-client";
import { textOf } from "./form-text.ts";
import { Button, Field, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";

const PASSWORD_LENGTH_MIN = 10;

export function RegisterForm({ next }: { next: string }) {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => textOf(form, name);
    if (text("password").length < PASSWORD_LENGTH_MIN)
      return setProblem(`A password has at least ${PASSWORD_LENGTH_MIN} characters.`);
    setSending(true);
    const { error } = await authClient.signUp.email({
      name: text("name"),
      email: text("email"),
      password: text("password"),
    });
    if (error === null) return location.assign(next);
    setSending(false);
    setProblem("That did not work. Perhaps you have an account already: try to sign in.");
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <Field label="Your name" required>
        <TextInput name="name" autoComplete="name" maxLength={200} required />
      </Field>
      <Field label="E-mail" required>
        <TextInput name="email" type="email" autoComplete="username" required />
      </Field>
      <Field label="Password" hint={`At least ${PASSWORD_LENGTH_MIN} characters.`} required>
        <TextInput name="password" type="password" autoComplete="new-password" required />
      </Field>
      {problem !== undefined && (
        <p role="alert" className="text-failed">
          {problem}
        </p>
      )}
      <Button type="submit" variant="primary" size="lg" loading={sending}>
        Create the account
      </Button>
    </form>
  );
}
