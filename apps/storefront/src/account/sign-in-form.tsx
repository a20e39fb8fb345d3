"use client";
/**
 * Signing in. One text for every failure, which does not tell which addresses have an account. With the link from a mail it also
 * confirms the address. The link alone does not: the person who opens it may not be the one who opened the account.
 */
import { Button, Field, PasswordInput, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";
import { answered, problemOf } from "./entry-problem.ts";
import { textOf } from "./form-text.ts";
import { Problem } from "./problem.tsx";

const REFUSED =
  "That did not work. Check the address and the password. If the account is new, follow the link in our mail first.";
const NOT_ITS_PASSWORD =
  "This is not the password that the account was opened with. If you do not remember it, or somebody else opened the account, set a new one.";

interface SignInFormProps {
  next: string;
  /** What a link in a mail is to confirm. */
  confirming?: { readonly email: string; readonly token: string };
}

export function SignInForm({ next, confirming }: SignInFormProps) {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSending(true);
    setProblem(undefined);
    const [email, password] = [textOf(form, "email"), textOf(form, "password")];
    const confirmation = confirming && { confirmation: confirming.token };
    const { error } = await answered((auth) => auth.signIn.email({ email, password, ...confirmation }));
    if (error === null) return location.assign(next);
    setSending(false);
    setProblem(problemOf(error.status, confirming ? NOT_ITS_PASSWORD : REFUSED));
  }

  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <Field label="E-mail" required>
        <TextInput
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={confirming?.email}
          readOnly={confirming !== undefined}
        />
      </Field>
      <Field label="Password" required>
        <PasswordInput name="password" autoComplete="current-password" required />
      </Field>
      <Problem>{problem}</Problem>
      <Button type="submit" variant="primary" size="lg" loading={sending}>
        {confirming ? "Confirm and sign in" : "Sign in"}
      </Button>
    </form>
  );
}
