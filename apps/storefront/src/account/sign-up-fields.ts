/** What is asked of each field at the entrances before it is sent, and what the server's refusal says about which of them. */
import { EMAIL_EXAMPLE, emailAddress } from "@tillstream/trpc/email-address";
import { visibleText } from "@tillstream/trpc/visible-text";
import { problemOf, type EntryError } from "./entry-problem.ts";

export const NAMES = ["name", "email", "password"] as const;
export type SignUpFields = Record<(typeof NAMES)[number], string>;
export type SignUpErrors = Partial<SignUpFields>;

/** As the server has them. */
export const NAME_LENGTH_MAX = 200;
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;

export function checkSignUp({ name, email, password }: SignUpFields): SignUpErrors {
  const wrong = {
    name: visibleText(name) === "" ? "Enter your name" : undefined,
    email: wrongEmail(email),
    password: wrongPassword(password),
  };
  return Object.fromEntries(Object.entries(wrong).filter(([, error]) => error !== undefined));
}

export const wrongEmail = (email: string): string | undefined =>
  emailAddress(email) === undefined ? `Enter an e-mail address such as ${EMAIL_EXAMPLE}` : undefined;

export const wrongPassword = (password: string): string | undefined =>
  password.length < PASSWORD_LENGTH_MIN ? `Enter at least ${PASSWORD_LENGTH_MIN} characters` : undefined;

/** Of a password that is there already. */
export const missingPassword = (password: string): string | undefined =>
  password === "" ? "Enter your password" : undefined;

/** What the server answered: what is wrong with which field, or why it did not work at all. */
export interface SignUpRefusal {
  readonly errors: SignUpErrors;
  readonly problem?: string;
}

export function refusalOf(error: EntryError): SignUpRefusal {
  const errors = Object.fromEntries(
    NAMES.map((name) => [name, errorAt(error, name)] as const).filter(([, said]) => said),
  );
  if (Object.keys(errors).length > 0) return { errors };
  return { errors: {}, problem: problemOf(error.status, "That did not work. Check what you typed, and try again.") };
}

/** What the server says about a field, by its name there. */
export function errorAt({ fields }: EntryError, name: string): string | undefined {
  const all = Array.isArray(fields) ? (fields as { field?: unknown; message?: unknown }[]) : [];
  const message = all.find(({ field }) => field === name)?.message;
  return typeof message === "string" ? message : undefined;
}
