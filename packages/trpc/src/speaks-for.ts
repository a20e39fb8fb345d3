/**
 * A command is carried out only as the person that its page believes it speaks for. The session may have ended since the
 * page was opened, or another person may have signed in: that is a refusal, never an act in another name.
 */
import { refuse } from "@tillstream/eventing";
import type { Context } from "./context.ts";
import { DATABASE_AWAY } from "./errors.ts";
import { GUEST } from "./spoken-for.ts";

const ENDED = refuse(
  "unauthenticated",
  "SIGNED_OUT",
  "You have been signed out. Sign in to go on; what you typed is kept.",
);

/** Names neither the one nor the other. */
const ANOTHER = refuse(
  "conflict",
  "SIGNED_IN_AS_ANOTHER",
  "Somebody else is signed in here now than when this page was opened. Nothing was done; what you typed is kept.",
);

/** @param as "guest", the user's id, or the account's e-mail address in any case; without it nothing is checked */
export function assertSpeaksFor({ user, sessionUnread }: Context, as: string | undefined): void {
  if (as === undefined) return;
  if (sessionUnread === true) throw DATABASE_AWAY;
  if (user === null) {
    if (as !== GUEST) throw ENDED;
  } else if (as !== user.id && as.toLowerCase() !== user.email.toLowerCase()) throw ANOTHER;
}
