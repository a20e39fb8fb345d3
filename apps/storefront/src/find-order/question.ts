/** What is asked of number and e-mail address before they are sent. The server asks the same again. */
import { parseOrderNumber } from "@tillstream/commerce/order-number";
import { emailAddress } from "@tillstream/trpc/email-address";
import { visibleText } from "@tillstream/trpc/visible-text";

export interface Question {
  readonly number: string;
  readonly email: string;
}

/** The fields that cannot be right. */
export function wrongFields({ number, email }: Question): readonly (keyof Question)[] {
  const wrong: (keyof Question)[] = [];
  if (parseOrderNumber(visibleText(number)) === undefined) wrong.push("number");
  if (emailAddress(email) === undefined) wrong.push("email");
  return wrong;
}
