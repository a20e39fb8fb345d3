"use client";
/** What was typed at the checkout, with what is wrong about it: each field is looked at when it is left, a step when it is finished. */
import { useState } from "react";
import type { Failure } from "../cart/cart-calls.ts";
import { EMPTY_CARD, tidyCard, type Card, type CardField } from "./card.ts";
import type { CheckoutViewProps } from "./checkout-view-props.ts";
import { keepDraft, readDraft } from "./draft.ts";
import { EMPTY_FIELDS, fieldOf, fieldsOfSaved, type CheckoutFields } from "./fields.ts";
import { problemsIn, problemsOfStep, stepOf, type Problems, type StepName, type TypedName } from "./steps.ts";

const isOfCard = (name: TypedName): name is CardField => name in EMPTY_CARD;

export function useTyped({ shopper, addresses, credit }: CheckoutViewProps) {
  const person = shopper?.id ?? null;
  const [today] = useState(() => new Date());
  const [fields, setFields] = useState<CheckoutFields>(() => ({
    ...EMPTY_FIELDS,
    email: shopper?.email ?? "",
    name: shopper?.name ?? "",
    ...(addresses[0] !== undefined && fieldsOfSaved(addresses[0])),
    ...readDraft(person),
  }));
  /** In this page only. */
  const [card, setCard] = useState<Card>(EMPTY_CARD);
  /** Those that are shown. */
  const [errors, setErrors] = useState<Problems>({});
  /** How often a step was finished with problems left. */
  const [attempt, setAttempt] = useState(0);
  const problems = problemsIn(fields, card, today, credit);

  function change(name: TypedName, value: string): void {
    if (isOfCard(name)) setCard((before) => ({ ...before, [name]: value }));
    else changeField({ ...fields, [name]: value });
    const stale: readonly TypedName[] = name === "country" ? ["country", "postalCode"] : [name];
    setErrors((shown) => (stale.some((one) => shown[one] !== undefined) ? without(shown, stale) : shown));
  }

  function changeField(next: CheckoutFields): void {
    setFields(next);
    keepDraft(person, next);
  }

  /** Several at once, such as a saved address. */
  function fill(values: Partial<CheckoutFields>): void {
    changeField({ ...fields, ...values });
    setErrors((shown) => without(shown, Object.keys(values) as TypedName[])); // the names of fields
  }

  /** An empty field says nothing yet: it may be on its way. */
  function leave(name: TypedName): void {
    const value = isOfCard(name) ? card[name] : fields[name];
    if (isOfCard(name)) setCard((before) => ({ ...before, [name]: tidyCard(name, before[name]) }));
    if (value.trim() === "" || problems[name] === errors[name]) return;
    setErrors(problems[name] === undefined ? without(errors, [name]) : { ...errors, [name]: problems[name] });
  }

  /** Answers whether nothing is left to do in it. */
  function finish(step: StepName): boolean {
    const found = problemsOfStep(step, problems, fields.country);
    setErrors(Object.fromEntries(found));
    setAttempt(found.length === 0 ? 0 : attempt + 1);
    return found.length === 0;
  }

  /** The first step of what the server refused. */
  function refuse(failure: Failure): StepName | undefined {
    const named = failure.fields.flatMap(({ field, message }) => {
      const name = fieldOf(field);
      return name === undefined ? [] : [[name, message] as const];
    });
    const [first] = named;
    if (first === undefined) return undefined;
    setErrors(Object.fromEntries(named));
    setAttempt(attempt + 1);
    return stepOf(first[0]);
  }

  return { fields, card, errors, problems, attempt, change, fill, leave, finish, refuse };
}

export type Typed = ReturnType<typeof useTyped>;
export type TypedProps = Pick<Typed, "fields" | "card" | "errors" | "change" | "fill" | "leave">;

const without = (errors: Problems, names: readonly TypedName[]): Problems =>
  Object.fromEntries(Object.entries(errors).filter(([name]) => !names.some((one) => one === name)));
