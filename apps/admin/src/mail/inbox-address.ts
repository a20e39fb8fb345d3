/** Which mail is open, and how it is shown, as in the address. */
import { choice, otherwise, part } from "../console/address.ts";

export const MAIL_VIEWS = ["600", "390", "text"] as const;

export const mailAddress = {
  id: part("must be the id of a mail", (typed) => (/^\d{1,15}$/.test(typed) ? typed : null)),
  view: otherwise<(typeof MAIL_VIEWS)[number]>(choice(MAIL_VIEWS), "600"),
};
