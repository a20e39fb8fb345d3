"use client";
import { Button, Field, TextInput } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { textOf } from "./form-text.ts";
import type { ProfileProps } from "./profile-props.ts";
import { change } from "../shop/calls.ts";
import { Problem } from "./problem.tsx";
import { checkSignUp, NAME_LENGTH_MAX } from "./sign-up-fields.ts";
import { useAttempt } from "./use-attempt.ts";

export function NameForm({ person, name }: Pick<ProfileProps, "person" | "name">) {
  const router = useRouter();
  const [saved, setSaved] = useState(false);
  const { form, sending, attempt, refuse, errorAt, problemBeside } = useAttempt();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setSaved(false);
    const typed = textOf(new FormData(event.currentTarget), "name");
    if (refuse({ name: checkSignUp({ name: typed, email: "", password: "" }).name })) return;
    const answer = await attempt(() => change(person, "profile", "update", { name: typed }));
    if (answer === undefined) return;
    setSaved(true);
    router.refresh();
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <Field label="Your name" error={errorAt("name")} required>
        <TextInput name="name" autoComplete="name" defaultValue={name} maxLength={NAME_LENGTH_MAX} />
      </Field>
      <Problem>{problemBeside("name")}</Problem>
      <p role="status" className="text-done empty:hidden">
        {saved && "Your name is saved."}
      </p>
      <Button type="submit" loading={sending} className="justify-self-start">
        Save the name
      </Button>
    </form>
  );
}
