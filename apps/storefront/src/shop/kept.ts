/**
 * Everything that the shop keeps in this browser, in one place: each value belongs to a person, is shown to nobody else, and
 * is gone after signing out. Written in handlers and effects only, never while rendering on the server.
 */
import { safeStorage, type SafeStorage } from "./safe-storage.ts";

const PREFIX = "fernhill.";

/** Who the page was made for: the id of the signed-in shopper, or null for a guest. */
export type Person = string | null;

/** Shared by the tabs, kept when they close. */
export const keptInBrowser: SafeStorage = safeStorage(() => window.localStorage);
/** For this tab alone, a reload included. */
export const keptInTab: SafeStorage = safeStorage(() => window.sessionStorage);

/** The key of a value that belongs to one person: such as `fernhill.draft@guest`. */
export function personalKey(name: string, person: Person): string {
  return `${PREFIX}${name}@${person ?? "guest"}`;
}

type Areas = readonly SafeStorage[];
const AREAS: Areas = [keptInBrowser, keptInTab];

function remove(areas: Areas, unwanted: (key: string) => boolean): void {
  for (const area of areas) {
    for (const key of area.keys()) if (key.startsWith(PREFIX) && unwanted(key)) area.removeItem(key);
  }
}

/** Removes all of it, the theme of the pages excepted, which is a cookie and says nothing of a person. */
export function forgetEverything(areas: Areas = AREAS): void {
  remove(areas, () => true);
}

/**
 * Removes what other signed-in people left here, such as after a session that ended by itself. A guest's things stay: they
 * belong to the person who signs in next. A guest removes nothing of an account, since the session may only have expired.
 */
export function forgetOthers(person: Person, areas: Areas = AREAS): void {
  if (person === null) return;
  remove(areas, (key) => key.includes("@") && !key.endsWith(`@${person}`) && !key.endsWith("@guest"));
}
