/** The settings of a process that serves procedures and pages. */
import { count } from "@tillstream/runtime";
import type { Bucket } from "@tillstream/runtime";
import { z } from "zod";

/** What sessions are signed with. */
export const authSettings = {
  /** Signs sessions and guest order links. `npm start` makes one for the local environment. */
  APP_SECRET: z.string().min(16, "at least 16 characters").default("local-development-secret-change-me"),
};

/** Such as 20/36s: twenty at once, and one more every 36 seconds. */
const limit = (fallback: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}\/(?:0\.)?[1-9]\d{0,5}s$/, "how many at once, and the seconds for one more, such as 20/36s")
    .default(fallback)
    .transform((text): Bucket => {
      const [size = 0, seconds = 0] = text.split("/").map(Number.parseFloat);
      return { size, refillMs: seconds * 1_000 };
    });

/** How often something may be done. What is more is refused with the time to wait. */
export const limitSettings = {
  /** Failed sign-ins to one account, from browsers that were never signed in to it: less than 100 an hour. */
  LIMIT_SIGN_IN_ACCOUNT: limit("20/40s"),
  /** The same from a browser that was. What others try elsewhere does not count here. */
  LIMIT_SIGN_IN_BROWSER: limit("20/40s"),
  /** Failed sign-ins from one address, to whichever accounts. */
  LIMIT_SIGN_IN_ADDRESS: limit("100/6s"),
  LIMIT_SIGN_UP_ADDRESS: limit("20/60s"),
  /** Requests for a new password, and tries to set one, from one address. */
  LIMIT_RESET_ADDRESS: limit("20/60s"),
  /** Mails to one address with a link to set a new password. What is more is not sent: the link of the last is good for longer than that. */
  LIMIT_RESET_MAIL: limit("5/720s"),
  /** Mails to one address about an account that was, or is, opened with it. What is more is not sent. */
  LIMIT_CONFIRM_MAIL: limit("5/720s"),
  /** Orders of one account, or of guests from one address. */
  LIMIT_CHECKOUT: limit("300/1s"),
  /** Declined cards of one account, or of guests from one address. */
  LIMIT_DECLINED_CARDS: limit("20/60s"),
  /** Look-ups of orders from one address: a household, an office. */
  LIMIT_FIND_ADDRESS: limit("30/20s"),
  /** Mails that a stranger can have sent to an address. By order and address: a wrong guess does not keep owners from their own. */
  LIMIT_FIND_ORDER: limit("5/720s"),
  /** Calls to the embedded schema registry from one address. */
  LIMIT_REGISTRY_ADDRESS: limit("600/0.1s"),
  /** Live pages of one address that are open at once. */
  LIMIT_LIVE_PAGES: count(200, 100_000),
  /** Connections of one address that are open at once; of a trusted proxy any number. */
  LIMIT_CONNECTIONS: count(500, 100_000),
  /** Proxies whose X-Forwarded-For is believed, as addresses or networks, comma-separated. */
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    ),
};
