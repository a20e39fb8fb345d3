/** What every procedure can reach. Apps build one set of services and a context for each request. */
import type { ChangeFeed, Keyring } from "@tillstream/eventing";
import type { ShopDatabase } from "@tillstream/db";
import type { Cache, Clock, Exchange, IdGenerator, Logger } from "@tillstream/runtime";
import type { Limits } from "./limits.ts";

export const ROLES = ["shopper", "viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** What the shop says of itself in mails and links. */
export interface ShopFacts {
  /** Where customers reach it, without a slash at the end. */
  readonly url: string;
  readonly orderLinkDays: number;
  /** Its own, on receipts. */
  readonly address: string;
  /** Where they send back what they do not keep. */
  readonly returnsAddress: string;
  /** For so long after it left, an order can be sent back. */
  readonly returnDays: number;
  /** The carrier's page of a parcel, with `{number}` for its tracking number. */
  readonly trackingUrl?: string | undefined;
  /** Tax comes on top of prices, in place of being in them. */
  readonly taxIsAdded: boolean;
}

export interface Services {
  readonly db: ShopDatabase;
  readonly cache: Cache;
  readonly changes: ChangeFeed;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  /** Signs guest order links. */
  readonly secret: string;
  /** Seals what is written about persons where it cannot be changed. */
  readonly keyring: Keyring;
  readonly shop: ShopFacts;
  readonly limits: Limits;
  /** Says that the outbox has something new, after the commit. */
  hintOutbox(): void;
}

export interface Context extends Services, Exchange {
  readonly user: SessionUser | null;
  /** The request may have a session, but it could not be read: a procedure that needs one answers "unavailable", not "sign in". */
  readonly sessionUnread?: boolean | undefined;
  readonly correlationId: string;
  /** The procedure that is being carried out; none where code calls a command itself. */
  readonly command?: string | undefined;
  /** The address that the request came from, as far as that can be known: only good for limits. */
  readonly callerAddress?: string | undefined;
  /** The `Idempotency-Key` header as sent. */
  readonly idempotencyKey: string | null;
  /** Of the request; a GET is what a link can send. */
  readonly method?: string | undefined;
  /** Who the sender believes it speaks for: the header `tillstream-as`. */
  readonly as?: string | undefined;
}

/** The actor of a context as event metadata names it. */
export function actorOf({ user }: Pick<Context, "user">): string {
  return user === null ? "guest" : `user:${user.id}`;
}
