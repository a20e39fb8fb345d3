/** Who looks at the page that is being rendered. */
import type { Role, SessionUser } from "@tillstream/trpc";
import { headers } from "next/headers";
import { cache } from "react";
import { sessionOf } from "./services.ts";

/** Asked once for each request, however many components want to know. */
export const currentUser = cache(async (): Promise<SessionUser | null> => sessionOf(await headers()));

type Staff = SessionUser & { readonly role: Exclude<Role, "shopper"> };

/** Whether this user may look at the console at all; shoppers have accounts in the same table. */
export function mayEnter(user: SessionUser | null): user is Staff {
  return user !== null && user.role !== "shopper";
}
