/** What every procedure can reach. Apps build one set of services and a context for each request. */
import type { ChangeNotice, Keyring } from "@tillstream/eventing";
import type { PrismaClient } from "@tillstream/db";
import type { Cache, Clock, Database, IdGenerator, Logger, SqlExecutor } from "@tillstream/runtime";

import type { Limits } from "./limits.ts";

export const ROLES = ["shopper", "viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** Tells when a projection changed rows. A notice may be lost: whoever subscribes polls as well. */
export interface ChangeFeed {
  subscribe(listener: (notice: ChangeNotice) => void): () => void;
}

/** What the shop says of itself in mails and links. */
export interface ShopFacts {
  /** Where customers reach it, without a slash at the end. */
  readonly url: string;
  readonly orderLinkDays: number;
  /** Where they send back what they do not keep. */
  readonly returnsAddress: string;
}

export interface Services {
  readonly prisma: PrismaClient;
  /** Prisma's transactions: commands. */
  readonly db: Database;
  /** Plain connections, which cost a fraction of Prisma's: hot reads. */
  readonly reads: SqlExecutor;
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

export interface Context extends Services {
  readonly user: SessionUser | null;
  /** The request may have a session, but nobody could look: whoever needs one hears "unavailable", not "sign in". */
  readonly sessionUnread?: boolean | undefined;
  readonly correlationId: string;
  /** The address that the request came from, as far as that can be known: only good for limits. */
  readonly callerAddress?: string | undefined;
  /** The `Idempotency-Key` header as sent. */
  readonly idempotencyKey: string | null;
  /** Of the request; a GET is what a link can send. */
  readonly method?: string | undefined;
  /** Absent where no request is around, such as in the seed. */
  readonly requestHeaders?: Headers | undefined;
  /** Goes out with the answer; absent where no answer can carry headers. */
  readonly responseHeaders?: Headers | undefined;
  /** Who the sender believes it speaks for: the header `tillstream-as`. */
  readonly as?: string | undefined;
}

/** The actor of a context as event metadata names it. */
export function actorOf({ user }: Pick<Context, "user">): string {
  return user === null ? "guest" : `user:${user.id}`;
}
