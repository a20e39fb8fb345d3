/** What is asked of each field of the sign-up before it is sent, and what the server's refusal says about which of them. */
import { EMAIL_EXAMPLE, emailAddress } from "@tillstream/trpc/email-address";
import { visibleText } from "@tillstream/trpc/visible-text";

export const NAMES = ["name", "email", "password"] as const;
export type SignUpFields = Record<(typeof NAMES)[number], string>;
export type SignUpErrors = Partial<SignUpFields>;

/** As the server has them. */
export const NAME_LENGTH_MAX = 200;
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;

export function checkSignUp({ name, email, password }: SignUpFields): SignUpErrors {
  const errors: SignUpErrors = {};
  if (visibleText(name) === "") errors.name = "Enter your name";
  if (emailAddress(email) === undefined) errors.email = `Enter an e-mail address such as ${EMAIL_EXAMPLE}`;
  if (password.length < PASSWORD_LENGTH_MIN) errors.password = `Enter at least ${PASSWORD_LENGTH_MIN} characters`;
  return errors;
}

/** What the server answered: what is wrong with which field, or why it did not work at all. */
export interface SignUpRefusal {
  readonly errors: SignUpErrors;
  readonly problem?: string;
}

export function refusalOf(error: { readonly status: number; readonly fields?: unknown }): SignUpRefusal {
  const fields = Array.isArray(error.fields) ? (error.fields as { field?: unknown; message?: unknown }[]) : [];
  const named = NAMES.flatMap((name) => {
    const message = fields.find(({ field }) => field === name)?.message;
    return typeof message === "string" ? [[name, message]] : [];
  });
  if (named.length > 0) return { errors: Object.fromEntries(named) as SignUpErrors };
  return { errors: {}, problem: problemOf(error.status) };
}

function problemOf(status: number): string {
  if (status === 429) return "Those were too many tries. Wait a minute, then try again.";
  if (status === 0 || status >= 500)
    return "The shop could not be reached. Try again in a moment; nothing you typed is lost.";
  return "That did not work. Perhaps you have an account already: try to sign in.";
}
