"use client";
/** Asks for the link to set a new password. What is shown afterwards does not tell whether the address has an account. */
import { Button, Field, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";
import { answered, problemOf } from "./entry-problem.ts";
import { textOf } from "./form-text.ts";
import { LookInMail } from "./look-in-mail.tsx";
import { Problem } from "./problem.tsx";
import { errorAt, wrongEmail } from "./sign-up-fields.ts";

export function AskResetForm() {
  const [sending, setSending] = useState(false);
  const [asked, setAsked] = useState<string>();
  const [{ wrong, problem }, setRefusal] = useState<{ wrong?: string | undefined; problem?: string }>({});

  function showWrong(form: HTMLFormElement, error: string): void {
    setRefusal({ wrong: error });
    form.querySelector("input")?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const email = textOf(new FormData(form), "email");
    const mistyped = wrongEmail(email);
    if (mistyped !== undefined) return showWrong(form, mistyped);
    setRefusal({});
    setSending(true);
    const { error } = await answered((auth) => auth.requestPasswordReset({ email }));
    setSending(false);
    if (error === null) return setAsked(email);
    const refused = errorAt(error, "email");
    if (refused !== undefined) return showWrong(form, refused);
    setRefusal({ problem: problemOf(error.status, "That did not work. Try again in a moment.") });
  }

  if (asked !== undefined)
    return (
      <LookInMail actions={<Button onClick={() => setAsked(undefined)}>Try another address</Button>}>
        If <span className="break-words text-ink">{asked}</span> has an account here, the link to set a new password is
        on the way to it. It may take a minute, and is good for an hour.
      </LookInMail>
    );
  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <p className="text-ink-soft">Tell us your address, and we send you a link to set a new one.</p>
      <Field label="E-mail" error={wrong} required>
        <TextInput name="email" type="email" autoComplete="username" maxLength={254} />
      </Field>
      <Problem>{problem}</Problem>
      <Button type="submit" variant="primary" size="lg" loading={sending}>
        Send me the link
      </Button>
    </form>
  );
}
