/**
 * What the inputs of procedures are made of. Whatever passes can be stored, compared and answered with: a text holds whole
 * characters only, a number fits its column, an instant is one that Postgres knows.
 */
import { withoutPersons } from "@tillstream/runtime";
import { z } from "zod";
import { EMAIL_EXAMPLE, emailAddress } from "./email-address.ts";
import { visibleLine, visibleText } from "./visible-text.ts";

export { visibleLine } from "./visible-text.ts";

/** Line breaks and tabs are text; any other control character only causes trouble. */
const CONTROL_CHARACTER = /[^\P{Cc}\t\n\r]/u;
const JSON_DEPTH_MAX = 100;
const NAME_LENGTH_MAX = 200;
const REASON_LENGTH_MAX = 500;
/** What is longer than this many times its bound is too long, whatever of it can be seen. */
const UNSEEN_SHARE_MAX = 10;
/** Above any address that is one; keeps what is not from being looked at. */
const EMAIL_TYPED_MAX = 1_000;

/** For a procedure without input: a field that is sent anyway is refused by its name. */
export const nothing = z.strictObject({}).prefault({});

/** @param max characters at most, as people count them: an emoji is one, or as many as it is made of */
export function text(max: number): z.ZodString {
  return storable(z.string(), max);
}

/** A text on one line, such as a street; as it can be seen (`visibleLine`), so that what looks alike is alike. */
export function line(max: number): z.ZodString {
  return typed(max, visibleLine).regex(/^[^\t\n\r]*$/, "must be on one line");
}

/** A person's text, such as a reason, on several lines if need be, without invisible characters. */
export function prose(max: number): z.ZodString {
  return typed(max, visibleText);
}

function typed(max: number, seen: (value: string) => string): z.ZodString {
  const base = z.string().overwrite((value) => (value.length > UNSEEN_SHARE_MAX * max ? value : seen(value)));
  return storable(base, max);
}

/** Why a person does something. It is kept permanently, without any e-mail address or card token. */
export function explanation(max = REASON_LENGTH_MAX, missing = "enter a reason"): z.ZodString {
  return prose(max).overwrite(withoutPersons).min(1, missing);
}

export const reason = explanation();

/** A person's name: at the sign-up, in the profile, on a parcel. */
export const personName = line(NAME_LENGTH_MAX).min(1, "enter a name");

/** An address that mail can be sent to, in the form in which it is kept. */
export const email = z
  .string()
  .max(EMAIL_TYPED_MAX, `at most ${EMAIL_TYPED_MAX} characters`)
  .meta({ format: "email" })
  .transform((typed, context) => {
    const address = emailAddress(typed);
    if (address !== undefined) return address;
    const message = `is not an e-mail address, such as ${EMAIL_EXAMPLE}`;
    context.addIssue({ code: "custom", message, params: { rule: "email" } });
    return z.NEVER;
  });

function storable(base: z.ZodString, max: number): z.ZodString {
  return base
    .check(({ value: input, issues }) => {
      const rule = { code: "too_big", origin: "string", maximum: max, inclusive: true } as const;
      if (!fits(input, max)) issues.push({ ...rule, input, message: `at most ${max} characters` });
    })
    .refine(isWhole, { error: "contains half a character", params: { rule: "well-formed" } })
    .refine(isPrintable, { error: "contains control characters", params: { rule: "no control characters" } });
}

/** A character of a text is one or two units of its string. */
const fits = (value: string, max: number): boolean =>
  value.length <= max || (value.length <= 2 * max && Array.from(value).length <= max);

/** The name of one thing: looked up, never parsed. */
export const identifier = (max = 300): z.ZodString => text(max).min(1, "is required");

const PER_SECOND_MAX = 1_000;
/** At a slower pace the times would be beyond those of the database. */
const PER_SECOND_MIN = 1 / 3_600;

/** How many of many are begun in a second. */
export const perSecond = z
  .number("a number")
  .min(PER_SECOND_MIN, "more than one in an hour")
  .max(PER_SECOND_MAX, `at most ${PER_SECOND_MAX} a second`)
  .default(10);

/** Of a stream, or of what is counted like one: an integer column. */
export const version = z.int32("a whole number").min(0, "at least 0");

/** Which end of a list by time comes first. */
export const timeOrder = z.enum(["newest", "oldest"]).default("newest");

/** An instant in ISO 8601, with any offset. Gives it in UTC, to the millisecond. */
export const instant = z.iso
  .datetime({ offset: true, error: "enter an instant in ISO 8601, such as 2026-01-31T10:00:00Z" })
  .transform((value) => new Date(value).toISOString())
  .refine((value) => /^\d{4}/.test(value) && !value.startsWith("0000"), {
    error: "enter a year from 1 to 9999",
    params: { rule: "year 1 to 9999" },
  });

/** Of a row that is looked up by it, as a text. */
export const numberId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, "must be an id")
  .transform(Number);

/** A JSON object that can be stored as it is, whatever is in it. */
export const storableObject = z.record(z.string(), z.unknown()).check(({ value, issues }) => {
  for (const { path, problem } of unstorable(value))
    issues.push({ code: "custom", input: value, path, message: problem, params: { rule: "storable" } });
});

interface Unstorable {
  readonly path: (string | number)[];
  readonly problem: string;
}

/** Walks without recursion: how deep an input is nested is its sender's choice. */
function unstorable(root: unknown): Unstorable[] {
  const problems: Unstorable[] = [];
  const open: { value: unknown; path: (string | number)[] }[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (path.length > JSON_DEPTH_MAX)
      return [{ path: path.slice(0, 1), problem: `is nested more than ${JSON_DEPTH_MAX} deep` }];
    if (typeof value === "string" && !isStorable(value))
      problems.push({ path, problem: "contains NUL or half a character" });
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) problems.push({ path, problem: "has a key with NUL or half a character" });
      open.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return problems;
}

function isWhole(value: string): boolean {
  return value.isWellFormed();
}

function isPrintable(value: string): boolean {
  return !CONTROL_CHARACTER.test(value);
}

const isStorable = (value: string): boolean => value.isWellFormed() && !value.includes("\u0000");
