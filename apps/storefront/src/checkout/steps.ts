/** The steps of the checkout: which fields each holds, and how far one has come. Pure. */
import type { Money } from "@tillstream/commerce";
import { CARD_FIELDS, checkCard, type Card, type CardField } from "./card.ts";
import {
  addressFields,
  checkCreditPart,
  checkFields,
  STORE_CREDIT,
  type CheckoutFields,
  type FieldName,
} from "./fields.ts";

export const STEPS = ["contact", "delivery", "payment", "review"] as const;
export type StepName = (typeof STEPS)[number];

export const STEP_TITLES: Readonly<Record<StepName, string>> = {
  contact: "Contact",
  delivery: "Delivery",
  payment: "Payment",
  review: "Review",
};

export type TypedName = FieldName | CardField;
export type Problems = Partial<Record<TypedName, string>>;

/** From top to bottom. */
const fieldsOf = (step: StepName, country: string): readonly TypedName[] =>
  ({
    contact: ["email"] as const,
    delivery: [...addressFields(country), "delivery"] as const,
    payment: ["payment", "creditPart", ...CARD_FIELDS] as const,
    review: [] as const,
  })[step];

/**
 * Everything that is still asked for.
 * @param credit that is available; undefined without an account
 */
export function problemsIn(fields: CheckoutFields, card: Card, today: Date, credit?: Money): Problems {
  const byCard = fields.payment !== STORE_CREDIT && checkCard(card, today);
  return { ...checkFields(fields), ...checkCreditPart(fields, credit), ...byCard };
}

/** Those of one step, in the order in which its page shows the fields. */
export function problemsOfStep(step: StepName, problems: Problems, country: string): [TypedName, string][] {
  return fieldsOf(step, country).flatMap((name): [TypedName, string][] => {
    const message = problems[name];
    return message === undefined ? [] : [[name, message]];
  });
}

export function stepOf(name: TypedName): StepName | undefined {
  return STEPS.find((step) => fieldsOf(step, "US").includes(name));
}

/** As far as one may go. */
export function firstUnfinished(problems: Problems): StepName {
  return STEPS.find((step) => problemsOfStep(step, problems, "US").length > 0) ?? "review";
}

export const isBefore = (one: StepName, other: StepName): boolean => STEPS.indexOf(one) < STEPS.indexOf(other);

/** The step that an address asks for, or the first unfinished one where it asks for more than that. */
export function stepFor(wanted: string | null, reachable: StepName): StepName {
  const known = STEPS.find((step) => step === wanted);
  return known === undefined || isBefore(reachable, known) ? reachable : known;
}
