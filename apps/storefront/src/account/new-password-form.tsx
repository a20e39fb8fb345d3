"use client";
/** Sets a new password with the link of a mail, once. */
import { Button, Field, LinkButton, PasswordInput } from "@tillstream/ui";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { answered, isAway, problemOf } from "./entry-problem.ts";
import { textOf } from "./form-text.ts";
import { Problem } from "./problem.tsx";
import { errorAt, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, wrongPassword } from "./sign-up-fields.ts";

interface NewPasswordFormProps {
  token: string;
  /** Whose password it is. */
  email: string;
}

export function NewPasswordForm({ token, email }: NewPasswordFormProps) {
  const [state, setState] = useState<"idle" | "sending" | "done">("idle");
  const [{ wrong, problem }, setRefusal] = useState<{ wrong?: string; problem?: string }>({});

  function showWrong(form: HTMLFormElement, error: string): void {
    setRefusal({ wrong: error });
    form.querySelector<HTMLInputElement>("[name=password]")?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const newPassword = textOf(new FormData(form), "password");
    const mistyped = wrongPassword(newPassword);
    if (mistyped !== undefined) return showWrong(form, mistyped);
    setRefusal({});
    setState("sending");
    const { error } = await answered((auth) => auth.resetPassword({ token, newPassword }));
    if (error === null) return setState("done");
    setState("idle");
    const refused = errorAt(error, "newPassword");
    if (refused !== undefined) return showWrong(form, refused);
    // The link is over: the page, asked again, says what to do.
    if (error.status !== 429 && !isAway(error.status)) return location.reload();
    setRefusal({ problem: problemOf(error.status, "") });
  }

  if (state === "done") return <Done />;
  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <p className="text-ink-soft">
        For the account of <span className="break-words text-ink">{email}</span>.
      </p>
      {/* Password managers keep the new one with it. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label="New password" hint={`At least ${PASSWORD_LENGTH_MIN} characters.`} error={wrong} required>
        <PasswordInput name="password" autoComplete="new-password" maxLength={PASSWORD_LENGTH_MAX} />
      </Field>
      <Problem>{problem}</Problem>
      <Button type="submit" variant="primary" size="lg" loading={state === "sending"}>
        Set the new password
      </Button>
    </form>
  );
}

function Done() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="rounded-lg bg-sunken p-6">
      <h2 ref={heading} tabIndex={-1} className="heading text-2xl outline-none">
        Your new password is set
      </h2>
      <p className="mt-3 mb-5 text-ink-soft">Wherever you were signed in, you are signed out now.</p>
      <LinkButton href="/login" variant="primary">
        Sign in
      </LinkButton>
    </div>
  );
}
