/** better-auth answers with a redirect to what these say, and by rules for paths that a browser does not share. */
import { localPath } from "./local-path.ts";

export const NEXT_FIELDS = ["callbackURL", "redirectTo", "errorCallbackURL", "newUserCallbackURL"] as const;

/** The field of a query or a body that is not a path of this site, written as a browser writes it; undefined when all are. */
export function leadsElsewhere(query: URLSearchParams, body: unknown): string | undefined {
  const typed = Object.entries(typeof body === "object" && body !== null ? body : {});
  return NEXT_FIELDS.find((field) => {
    const wanted = [...query.getAll(field), ...typed.filter(([name]) => name === field).map(([, value]) => value)];
    return wanted.some((next) => localPath(next) !== next);
  });
}
