import type { RateLimit, ShopDatabase } from "@tillstream/db";
import type { CommandContext } from "@tillstream/eventing";
import type { IdGenerator } from "@tillstream/runtime";
import type { CartReader } from "../cart/index.ts";

/** What an order is placed with. */
export interface PlaceOrderContext extends Omit<CommandContext, "db">, Omit<CartReader, "db" | "user"> {
  readonly user: { readonly id: string; readonly email: string } | null;
  readonly db: ShopDatabase;
  readonly ids: IdGenerator;
  readonly limits: { readonly checkout: RateLimit; readonly declinedCards: RateLimit };
  /** The address that the order comes from, as far as that can be known. */
  readonly callerAddress?: string | undefined;
  /** Who the sender believes to order as. */
  readonly as?: string | undefined;
  /** Refuses unless the session is theirs. */
  assertSpeaksFor(as: string | undefined): void;
}
