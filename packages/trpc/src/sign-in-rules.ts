/**
 * Sign-up and sign-in by the shop's own rules for names and addresses, before better-auth looks at them. It knows addresses by
 * a narrower grammar (no punycode at the top, no `&`) that cannot be set: it gets to see one that it knows, its store the real
 * one. Refuses with the fields, as any procedure does.
 */
import { dictionary } from "@zxcvbn-ts/language-common";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { z } from "zod";
import { invalidInput } from "./errors.ts";
import { email, personName } from "./input.ts";

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;
const STAND_IN = "stand-in@tillstream.invalid";

/** One login for an address, however its letters are written. */
const login = email.transform((address) => address.toLowerCase());

/** Those of known break-ins that are long enough. */
const COMMON = new Set(dictionary["passwords-common"].filter(({ length }) => length >= PASSWORD_LENGTH_MIN));

const newPassword = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `at least ${PASSWORD_LENGTH_MIN} characters`)
  .max(PASSWORD_LENGTH_MAX, `at most ${PASSWORD_LENGTH_MAX} characters`)
  .refine((password) => !COMMON.has(password.toLowerCase()), {
    error: "is one of the passwords that are tried first: take another",
    params: { rule: "not common" },
  });

const signUp = z
  .strictObject({
    name: personName,
    email: login,
    password: newPassword,
    rememberMe: z.boolean().optional(),
    callbackURL: z.string().optional(),
  })
  .refine(
    ({ name, email: address, password }) => ![name, address].includes(password) && password.toLowerCase() !== address,
    {
      path: ["password"],
      error: "is your name or address: take another",
      params: { rule: "not known" },
    },
  );

const passwordChange = z.looseObject({ currentPassword: z.string().max(PASSWORD_LENGTH_MAX), newPassword });

const BODIES = new Map<string, z.ZodType<{ email: string }>>([
  ["/sign-up/email", signUp],
  ["/sign-in/email", z.looseObject({ email: login })],
]);

export const ownRules = createAuthMiddleware(async ({ path, body, context: { internalAdapter } }) => {
  if (path === "/change-password") {
    // Whoever changes it may do so because somebody else knows it.
    return { context: { body: { ...checked(passwordChange, body), revokeOtherSessions: true } } };
  }
  const schema = BODIES.get(path);
  if (schema === undefined) return undefined;
  const typed = checked(schema, body);
  const address = typed.email;
  type Store = typeof internalAdapter;
  const store: Pick<Store, "findUserByEmail" | "createUser"> = {
    findUserByEmail: (_, ...more) => internalAdapter.findUserByEmail(address, ...more),
    createUser: (user, ...more) => internalAdapter.createUser({ ...user, email: address }, ...more),
  };
  return { context: { body: { ...typed, email: STAND_IN }, context: { internalAdapter: store } } };
});

function checked<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { code, message, fields } = invalidInput(parsed.error);
  throw new APIError("BAD_REQUEST", { code, message, fields });
}
