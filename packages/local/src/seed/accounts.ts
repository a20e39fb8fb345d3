/** The shopper's store credit, as in the book's chapter: opened, 500 in, 200 out, 700 in, which makes 1,000. */
import { commandAccount } from "@tillstream/commerce";
import type { AccountCommand } from "@tillstream/commerce";
import { commandContext } from "@tillstream/trpc";
import type { Services, SessionUser } from "@tillstream/trpc";

const CURRENCY = "USD";

function history(accountId: string): readonly AccountCommand[] {
  return [
    { type: "open", accountId, currency: CURRENCY },
    { type: "deposit", amount: 500_00, currency: CURRENCY },
    { type: "withdraw", amount: 200_00, currency: CURRENCY },
    { type: "deposit", amount: 700_00, currency: CURRENCY },
  ];
}

export async function seedAccount(services: Services, user: SessionUser): Promise<void> {
  for (const [index, command] of history(user.id).entries()) {
    const ids = { correlationId: services.ids.next(), idempotencyKey: `seed-account-${index}` };
    await commandAccount(commandContext({ ...services, user, ...ids }), user.id, command, command);
  }
}
