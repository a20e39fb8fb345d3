/**
 * Sign-up and sign-in by the shop's own rules for names and addresses, before better-auth looks at them. It knows addresses by
 * a narrower grammar (no punycode at the top, no `&`) that cannot be set: it gets to see one that it knows, its store the real
 * one. Refuses with the fields, as any procedure does.
 */
import { APIError, createAuthMiddleware } from "better-auth/api";
import { z } from "zod";
import { invalidInput } from "./errors.ts";
import { email, personName } from "./input.ts";

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;
const STAND_IN = "stand-in@tillstream.invalid";

/** One login for an address, however its letters are written. */
const login = email.transform((address) => address.toLowerCase());

const signUp = z.strictObject({
  name: personName,
  email: login,
  password: z
    .string()
    .min(PASSWORD_LENGTH_MIN, `at least ${PASSWORD_LENGTH_MIN} characters`)
    .max(PASSWORD_LENGTH_MAX, `at most ${PASSWORD_LENGTH_MAX} characters`),
  rememberMe: z.boolean().optional(),
  callbackURL: z.string().optional(),
});

const BODIES = new Map<string, z.ZodType<{ email: string }>>([
  ["/sign-up/email", signUp],
  ["/sign-in/email", z.looseObject({ email: login })],
]);

export const ownRules = createAuthMiddleware(async ({ path, body, context: { internalAdapter } }) => {
  const schema = BODIES.get(path);
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const { code, message, fields } = invalidInput(parsed.error);
    throw new APIError("BAD_REQUEST", { code, message, fields });
  }
  const address = parsed.data.email;
  type Store = typeof internalAdapter;
  const store: Pick<Store, "findUserByEmail" | "createUser"> = {
    findUserByEmail: (_, ...more) => internalAdapter.findUserByEmail(address, ...more),
    createUser: (user, ...more) => internalAdapter.createUser({ ...user, email: address }, ...more),
  };
  return { context: { body: { ...parsed.data, email: STAND_IN }, context: { internalAdapter: store } } };
});
