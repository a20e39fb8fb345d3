"use client";
/**
 * Opening an account. Errors are shown at their fields, and what was typed stays. A visitor who is not signed in afterwards is sent to
 * their mail, whether the account is new or was there: the page does not know either.
 */
import { Button, Field, PasswordInput, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";
import { answered } from "./entry-problem.ts";
import { textOf } from "./form-text.ts";
import { FollowTheLink, type Opened } from "./follow-the-link.tsx";
import { Problem } from "./problem.tsx";
import {
  checkSignUp,
  NAME_LENGTH_MAX,
  NAMES,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  refusalOf,
  type SignUpRefusal,
} from "./sign-up-fields.ts";

export function RegisterForm({ next }: { next: string }) {
  const [opened, setOpened] = useState<Opened>();
  const [sending, setSending] = useState(false);
  const [{ errors, problem }, setRefusal] = useState<SignUpRefusal>({ errors: {} });

  function show(form: HTMLFormElement, refusal: SignUpRefusal): void {
    setRefusal(refusal);
    const first = NAMES.find((name) => refusal.errors[name] !== undefined);
    if (first !== undefined) form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const [name, email, password] = [textOf(typed, "name"), textOf(typed, "email"), textOf(typed, "password")];
    const wrong = checkSignUp({ name, email, password });
    show(form, { errors: wrong });
    if (Object.keys(wrong).length > 0) return;
    setSending(true);
    const { error } = await answered((auth) => auth.signUp.email({ name, email, password, callbackURL: next }));
    const { data: session } = error === null ? await answered((auth) => auth.getSession()) : { data: null };
    if (session !== null) return location.assign(next);
    setSending(false);
    if (error === null) setOpened({ email, password });
    else show(form, refusalOf(error));
  }

  if (opened !== undefined) return <FollowTheLink opened={opened} next={next} onOther={() => setOpened(undefined)} />;
  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <Field label="Your name" error={errors.name} required>
        <TextInput name="name" autoComplete="name" maxLength={NAME_LENGTH_MAX} />
      </Field>
      <Field label="E-mail" error={errors.email} required>
        <TextInput name="email" type="email" autoComplete="username" />
      </Field>
      <Field label="Password" hint={`At least ${PASSWORD_LENGTH_MIN} characters.`} error={errors.password} required>
        <PasswordInput name="password" autoComplete="new-password" maxLength={PASSWORD_LENGTH_MAX} />
      </Field>
      <Problem>{problem}</Problem>
      <Button type="submit" variant="primary" size="lg" loading={sending}>
        Create the account
      </Button>
    </form>
  );
}
