"use client";
/**
 * One try of a form whose input is kept nowhere, such as one with a password. A refusal is shown at the field that it is
 * about, which gets the focus, or under the form.
 */
import type { Failure } from "@tillstream/trpc/commands";
import { useEffect, useRef, useState } from "react";
import { failureOf } from "../shop/failure.ts";

export function useAttempt() {
  const form = useRef<HTMLFormElement>(null);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Pick<Failure, "fields" | "message">>();
  useEffect(() => {
    if (failure !== undefined) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failure]);

  /** Resolves to undefined where it was refused. */
  async function attempt<Answer>(send: () => Promise<Answer>): Promise<Answer | undefined> {
    setSending(true);
    setFailure(undefined);
    try {
      return await send();
    } catch (error) {
      setFailure(failureOf(error));
      return undefined;
    } finally {
      setSending(false);
    }
  }

  return {
    form,
    sending,
    attempt,
    /** Says before anything is sent what is wrong with the fields. True where there is something. */
    refuse(errors: Readonly<Record<string, string | undefined>>): boolean {
      const fields = Object.entries(errors).flatMap(([field, message]) =>
        message === undefined ? [] : [{ field, rule: "", message }],
      );
      setFailure(fields.length === 0 ? undefined : { fields, message: "" });
      return fields.length > 0;
    },
    errorAt: (field: string): string | undefined => failure?.fields.find((each) => each.field === field)?.message,
    /** What is about no field of the form. */
    problemBeside(...fields: readonly string[]): string | undefined {
      if (failure === undefined || failure.fields.some(({ field }) => fields.includes(field))) return undefined;
      return failure.message;
    },
  };
}
