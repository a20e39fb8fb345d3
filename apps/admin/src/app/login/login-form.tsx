"use client";
/** E-mail and password. Every failure has the same words, which do not tell which accounts there are. */
import { Banner, Button, Field, PasswordInput, TextInput } from "@tillstream/ui";
import { authClient } from "@tillstream/trpc/auth-client";
import { useRef, useState, type FormEvent } from "react";

function readForm(form: FormData): { email: string; password: string } {
  const [email, password] = [form.get("email"), form.get("password")];
  return {
    email: typeof email === "string" ? email.trim() : "",
    password: typeof password === "string" ? password : "",
  };
}

export function LoginForm({ returnTo }: { returnTo: string }) {
  const [state, setState] = useState<"ready" | "sending" | "refused">("ready");
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const credentials = readForm(new FormData(event.currentTarget));
    setState("sending");
    const { error } = await authClient.signIn.email(credentials).catch(() => ({ error: true }));
    if (error === null) return location.assign(returnTo);
    setState("refused");
    password.current?.select();
  };

  return (
    <form onSubmit={submit} className="space-y-4" method="post">
      <div>
        <h1 className="heading text-xl">Sign in to the console</h1>
        <p className="mt-1 text-muted">For the people who run the shop.</p>
      </div>
      {state === "refused" && (
        <Banner tone="failed" role="alert" title="You are not signed in">
          Check the e-mail and the password. If both are right, wait a minute and try again.
        </Banner>
      )}
      <Field label="E-mail">
        <TextInput
          type="email"
          name="email"
          autoComplete="username"
          required
          maxLength={254}
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field label="Password">
        <PasswordInput name="password" autoComplete="current-password" required maxLength={128} ref={password} />
      </Field>
      <Button type="submit" variant="primary" loading={state === "sending"} className="w-full">
        Sign in
      </Button>
    </form>
  );
}
