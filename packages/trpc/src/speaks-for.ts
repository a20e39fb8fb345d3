/** Who a page believes it speaks for, held against who it really is. */
import { refuse } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import type { Context } from "./context.ts";

const GUEST = "guest";

/** @param as `guest`, or the id or e-mail address of an account; undefined where the caller does not say */
export function refusalToSpeakAs({ user }: Pick<Context, "user">, as: string | undefined): Refusal | undefined {
  if (as === undefined || (user === null && as === GUEST)) return undefined;
  if (user === null)
    return refuse(
      "unauthenticated",
      "SIGNED_OUT",
      "You have been signed out. Sign in to go on; what you typed is kept.",
    );
  if (as === user.id || as.toLowerCase() === user.email.toLowerCase()) return undefined;
  return refuse(
    "conflict",
    "SIGNED_IN_AS_ANOTHER",
    "You are signed in as somebody else now. Look at the page again before you go on.",
  );
}
