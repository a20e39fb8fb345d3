"use client";
import { Button, Field, PasswordInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";
import { answered, problemOf } from "./entry-problem.ts";
import { textOf } from "./form-text.ts";
import { Problem } from "./problem.tsx";
import { errorAt, missingPassword, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, wrongPassword } from "./sign-up-fields.ts";

interface Refusal {
  readonly current?: string | undefined;
  readonly wrong?: string | undefined;
  readonly problem?: string;
}

export function PasswordForm({ email }: { email: string }) {
  const [state, setState] = useState<"idle" | "sending" | "done">("idle");
  const [{ current, wrong, problem }, setRefusal] = useState<Refusal>({});

  function refuse(form: HTMLFormElement, refusal: Refusal): void {
    setRefusal(refusal);
    const name = refusal.current === undefined ? "newPassword" : "currentPassword";
    if (refusal.problem === undefined) form.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const [currentPassword, newPassword] = [textOf(typed, "currentPassword"), textOf(typed, "newPassword")];
    const mistyped = { current: missingPassword(currentPassword), wrong: wrongPassword(newPassword) };
    if (mistyped.current !== undefined || mistyped.wrong !== undefined) return refuse(form, mistyped);
    setRefusal({});
    setState("sending");
    const { error } = await answered((auth) => auth.changePassword({ currentPassword, newPassword }));
    if (error === null) {
      form.reset();
      return setState("done");
    }
    setState("idle");
    const refused = errorAt(error, "newPassword");
    if (refused !== undefined) return refuse(form, { wrong: refused });
    if (error.status === 400 || error.status === 401)
      return refuse(form, { current: "This is not the password of your account." });
    refuse(form, { problem: problemOf(error.status, "That did not work. Try again in a moment.") });
  }

  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="grid gap-4">
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label="Password now" error={current} required>
        <PasswordInput name="currentPassword" autoComplete="current-password" maxLength={PASSWORD_LENGTH_MAX} />
      </Field>
      <Field label="New password" hint={`At least ${PASSWORD_LENGTH_MIN} characters.`} error={wrong} required>
        <PasswordInput name="newPassword" autoComplete="new-password" maxLength={PASSWORD_LENGTH_MAX} />
      </Field>
      <Problem>{problem}</Problem>
      <p role="status" className="text-done empty:hidden">
        {state === "done" && "Your new password is set. Wherever else you were signed in, you are signed out now."}
      </p>
      <Button type="submit" loading={state === "sending"} className="justify-self-start">
        Change the password
      </Button>
    </form>
  );
}
