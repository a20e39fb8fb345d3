"use client";
/** Number and e-mail address; the link goes out by mail. What is shown afterwards does not tell whether there is such an order. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Button, Field, TextInput } from "@tillstream/ui";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { LookInMail } from "../account/look-in-mail.tsx";
import { textOf } from "../account/form-text.ts";
import { send } from "../shop/calls.ts";
import { Unsettled } from "../shop/unsettled.tsx";
import { wrongFields, type Question } from "./question.ts";

const WRONG = {
  number: (
    <>
      An order number has ten letters and digits, such as <span className="whitespace-nowrap">7K2MQ-X40VB</span>.
    </>
  ),
  email: "Enter the e-mail address that you ordered with, such as you@example.com.",
} as const;

export function FindOrderForm() {
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState<Question>();
  const [isBlank, setIsBlank] = useState(false);
  const [found, setFound] = useState<readonly (keyof Question)[]>([]);
  const asking = useCommand({
    name: "orders.find",
    send: (input: Question, call) => send("orders", "find", input, call),
    onDone: (_answer, question) => setAsked(question),
  });
  const failure = asking.state === "refused" ? asking.failure : undefined;
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failure, found]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const question = { number: textOf(typed, "number"), email: textOf(typed, "email") };
    const wrongHere = wrongFields(question);
    setIsBlank(question.number.trim() === "");
    setFound(wrongHere);
    if (wrongHere.length > 0) return asking.state === "refused" ? asking.reset() : undefined;
    void asking.run(question);
  }

  const wrong = (field: keyof Question): ReactNode =>
    found.includes(field) || failure?.fields.some((problem) => problem.field === field) === true
      ? WRONG[field]
      : undefined;

  if (asked !== undefined) return <Asked {...asked} onAgain={() => setAsked(undefined)} />;
  if (isUnsettled(asking)) return <Unsettled whether="your request went through" command={asking} />;
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="grid gap-5">
      <Field
        label="Order number"
        hint="It is in every mail about the order, and on its receipt."
        error={wrong("number") && (isBlank ? "Enter the order number." : WRONG.number)}
        required
      >
        <TextInput
          name="number"
          mono
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
        />
      </Field>
      <Field label="E-mail" error={wrong("email")} required>
        <TextInput name="email" type="email" autoComplete="email" maxLength={254} />
      </Field>
      {failure !== undefined && failure.fields.length === 0 && (
        <p role="alert" className="text-failed">
          {failure.message}
        </p>
      )}
      <Button type="submit" variant="primary" size="lg" loading={asking.state === "sending"}>
        Send me the link
      </Button>
    </form>
  );
}

interface AskedProps extends Question {
  onAgain(): void;
}

function Asked({ number, email, onAgain }: AskedProps) {
  return (
    <LookInMail actions={<Button onClick={onAgain}>Try another number or address</Button>}>
      If order <span className="figures whitespace-nowrap text-ink">{number.toUpperCase()}</span> was placed with{" "}
      <span className="break-words text-ink">{email}</span>, its link is on the way to that address. It may take a
      minute.
    </LookInMail>
  );
}
