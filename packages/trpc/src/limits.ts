/** How often a visitor may do what costs, or what a guesser would do: the settings, by name. */
import { readEnv } from "@tillstream/runtime";
import type { RateLimit } from "@tillstream/db";
import { limitSettings } from "./settings.ts";

const settingOf = {
  signInAccount: "LIMIT_SIGN_IN_ACCOUNT",
  signInBrowser: "LIMIT_SIGN_IN_BROWSER",
  signInAddress: "LIMIT_SIGN_IN_ADDRESS",
  signUpAddress: "LIMIT_SIGN_UP_ADDRESS",
  resetAddress: "LIMIT_RESET_ADDRESS",
  resetMail: "LIMIT_RESET_MAIL",
  confirmMail: "LIMIT_CONFIRM_MAIL",
  checkout: "LIMIT_CHECKOUT",
  declinedCards: "LIMIT_DECLINED_CARDS",
  findAddress: "LIMIT_FIND_ADDRESS",
  findOrder: "LIMIT_FIND_ORDER",
} as const;

export type Limits = Readonly<Record<keyof typeof settingOf, RateLimit>> & { readonly livePages: number };

/** As the settings of this process have them. */
export function readLimits(): Limits {
  const settings = readEnv(limitSettings);
  const limits = Object.entries(settingOf).map(([name, setting]) => [name, { name, ...settings[setting] }]);
  return { ...(Object.fromEntries(limits) as Omit<Limits, "livePages">), livePages: settings.LIMIT_LIVE_PAGES }; // its names are those of the object above
}
