"use client";
/** Says what a deletion takes and what stays, and asks for the password and a word, since it cannot be undone. */
import { forgetIntentions } from "@tillstream/trpc/commands";
import { Button, Field, formatMoney, PasswordInput, TextInput, TextLink } from "@tillstream/ui";
import { useEffect, useState, type FormEvent } from "react";
import { forgetEverything } from "../shop/kept.ts";
import { tellPerson } from "../shop/people-channel.ts";
import { textOf } from "./form-text.ts";
import { change, type BeforeErasure } from "../shop/calls.ts";
import { Problem } from "./problem.tsx";
import { missingPassword } from "./sign-up-fields.ts";
import { useAttempt } from "./use-attempt.ts";

const WORD = "DELETE";

interface DeleteAccountProps {
  person: string;
  before: BeforeErasure;
}

export function DeleteAccount({ person, before: { underWay, credit } }: DeleteAccountProps) {
  const [asked, setAsked] = useState(false);
  const { form, sending, attempt, refuse, errorAt, problemBeside } = useAttempt();

  useEffect(() => {
    if (asked) form.current?.querySelector("input")?.focus();
  }, [asked, form]);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const password = textOf(typed, "password");
    const word = textOf(typed, "word").trim().toUpperCase() === WORD ? undefined : `Enter ${WORD}`;
    if (refuse({ word, password: missingPassword(password) })) return;
    const answer = await attempt(() => change(person, "profile", "erase", { password }));
    if (answer === undefined) return;
    forgetIntentions();
    forgetEverything();
    tellPerson(null);
    location.assign("/login?deleted");
  }

  return (
    <>
      <ul className="list-disc space-y-2 pl-5 text-ink-soft">
        <li>Your name, addresses, cart, password and the mails that we wrote to you are deleted at once.</li>
        <li>
          So are name, e-mail address and postal address of your orders that are over. What was bought and for how much
          stays in our books, without them: tax offices ask for it.
        </li>
        {underWay > 0 && (
          <li>
            {underWay === 1 ? "1 order is" : `${underWay} orders are`} under way. We keep the address that it takes to
            deliver until {underWay === 1 ? "it is" : "they are"} over, and delete it then.
          </li>
        )}
        {credit !== null && credit.amount > 0 && (
          <li className="text-ink">
            Your store credit of <span className="figures">{formatMoney(credit)}</span> is lost.{" "}
            <TextLink href="/account/credit">Withdraw it first</TextLink>.
          </li>
        )}
        <li>Nobody can undo it, and we write no mail about it.</li>
      </ul>
      {!asked ? (
        <Button className="mt-5" onClick={() => setAsked(true)}>
          Delete my account…
        </Button>
      ) : (
        <form
          ref={form}
          noValidate
          method="post"
          onSubmit={(event) => void submit(event)}
          className="mt-5 grid gap-4 rounded-lg bg-sunken p-5"
        >
          <Field label={`Type ${WORD} to go on`} error={errorAt("word")} required>
            <TextInput name="word" autoComplete="off" autoCapitalize="characters" maxLength={20} />
          </Field>
          <Field label="Your password" error={errorAt("password")} required>
            <PasswordInput name="password" autoComplete="current-password" />
          </Field>
          <Problem>{problemBeside("word", "password")}</Problem>
          <div className="flex flex-wrap gap-3">
            <Button type="submit" variant="danger" loading={sending}>
              Delete my account
            </Button>
            <Button variant="ghost" onClick={() => setAsked(false)}>
              Keep it
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
