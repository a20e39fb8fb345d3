"use client";
/** Asks for another address. The link in the mail to it makes the change; what is shown does not tell whether it has an account. */
import { Button, Field, PasswordInput, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";
import { textOf } from "./form-text.ts";
import { LookInMail } from "./look-in-mail.tsx";
import { change } from "../shop/calls.ts";
import { Problem } from "./problem.tsx";
import type { ProfileProps } from "./profile-props.ts";
import { missingPassword, wrongEmail } from "./sign-up-fields.ts";
import { useAttempt } from "./use-attempt.ts";

export function EmailForm({ person, email: current }: Pick<ProfileProps, "person" | "email">) {
  const [sentTo, setSentTo] = useState<string>();
  const { form, sending, attempt, refuse, errorAt, problemBeside } = useAttempt();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const [email, password] = [textOf(typed, "email"), textOf(typed, "password")];
    if (refuse({ email: wrongEmail(email), password: missingPassword(password) })) return;
    const answer = await attempt(() => change(person, "profile", "changeEmail", { email, password }));
    setSentTo(answer?.sentTo);
  }

  if (sentTo !== undefined)
    return (
      <LookInMail actions={<Button onClick={() => setSentTo(undefined)}>Use another address</Button>}>
        We wrote to <span className="break-words text-ink">{sentTo}</span>: follow the link in the mail within an hour.
        Until then you sign in with <span className="break-words text-ink">{current}</span>.
      </LookInMail>
    );
  return (
    <form ref={form} noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-4">
      <p className="text-ink-soft">
        You sign in with <span className="break-words text-ink">{current}</span>. We send a link to the new address;
        once you have followed it, you are signed out everywhere.
      </p>
      <Field label="New e-mail address" error={errorAt("email")} required>
        <TextInput name="email" type="email" autoComplete="email" maxLength={254} />
      </Field>
      <Field label="Your password" error={errorAt("password")} required>
        <PasswordInput name="password" autoComplete="current-password" />
      </Field>
      <Problem>{problemBeside("email", "password")}</Problem>
      <Button type="submit" loading={sending} className="justify-self-start">
        Send me the link
      </Button>
    </form>
  );
}
