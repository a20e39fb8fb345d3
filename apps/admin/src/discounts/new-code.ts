/** A new code as it is typed, and what is sent of it. The server asks the same again. Pure. */
import { minorUnitsOf } from "../catalogue/typed-amount.ts";
import { CURRENCY } from "./discount-words.ts";

export interface CodeDraft {
  readonly code: string;
  readonly kind: "percent" | "amount";
  readonly value: string;
  /** The other fields may be empty. */
  readonly minimum: string;
  readonly usesMax: string;
  readonly usesPerCustomerMax: string;
  /** As a `datetime-local` field has them. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason: string;
}

export const EMPTY_CODE: CodeDraft = {
  code: "",
  kind: "percent",
  value: "",
  minimum: "",
  usesMax: "",
  usesPerCustomerMax: "1",
  startsAt: "",
  endsAt: "",
  reason: "",
};

export type CodeErrors = Partial<Record<keyof CodeDraft, string>>;

const CODE = /^[A-Z0-9]+(-[A-Z0-9]+)*$/;
const PERCENT_MAX = 100;
const USES_PER_CUSTOMER_MAX = 3;

const wholeOf = (typed: string): number | undefined => (/^\d{1,8}$/.test(typed.trim()) ? Number(typed) : undefined);
const isWithin = (number: number | undefined, max: number) => number !== undefined && number >= 1 && number <= max;
const isEmpty = (typed: string) => typed.trim() === "";

export function checkCode(draft: CodeDraft): CodeErrors {
  const { code, kind, value, minimum, usesMax, usesPerCustomerMax, startsAt, endsAt, reason } = draft;
  const wrong: readonly (readonly [keyof CodeDraft, boolean, string])[] = [
    ["code", !CODE.test(code), "Enter capital letters, digits and single dashes, such as SPRING-10"],
    kind === "percent"
      ? ["value", !isWithin(wholeOf(value), PERCENT_MAX), "Enter whole percent from 1 to 100"]
      : ["value", (minorUnitsOf(value, CURRENCY) ?? 0) === 0, "Enter an amount above 0, such as 5.00"],
    ["minimum", !isEmpty(minimum) && minorUnitsOf(minimum, CURRENCY) === undefined, "Enter an amount, such as 50.00"],
    ["usesMax", !isEmpty(usesMax) && !isWithin(wholeOf(usesMax), 10_000_000), "Enter a whole number, at least 1"],
    [
      "usesPerCustomerMax",
      !isWithin(wholeOf(usesPerCustomerMax), USES_PER_CUSTOMER_MAX),
      `Enter a whole number from 1 to ${USES_PER_CUSTOMER_MAX}`,
    ],
    ["endsAt", !isEmpty(startsAt) && !isEmpty(endsAt) && endsAt <= startsAt, "Choose an end after the start"],
    ["reason", isEmpty(reason), "Enter a reason. It is kept in the audit."],
  ];
  return Object.fromEntries(wrong.filter(([, isWrong]) => isWrong).map(([field, , message]) => [field, message]));
}

/** Of a draft without errors. */
export function codeInput({ code, kind, value, startsAt, endsAt, reason, ...limits }: CodeDraft) {
  const instant = (local: string) => new Date(local).toISOString();
  return {
    code,
    kind,
    value: (kind === "percent" ? wholeOf(value) : minorUnitsOf(value, CURRENCY)) ?? 0,
    minimum: minorUnitsOf(limits.minimum, CURRENCY) ?? 0,
    usesMax: wholeOf(limits.usesMax) ?? null,
    usesPerCustomerMax: wholeOf(limits.usesPerCustomerMax) ?? 1,
    ...(startsAt !== "" && { startsAt: instant(startsAt) }),
    endsAt: endsAt === "" ? null : instant(endsAt),
    reason: reason.trim(),
  };
}
