/**
 * The store as one attempt sees it: the real address in place of the stand-in that better-auth knows, and each session with the
 * password that the attempt has proved or set. Checking one takes long; the database makes no session of a password that was
 * changed meanwhile, nor does a change go on from such a one.
 */
import { createHash } from "node:crypto";
import { APIError } from "better-auth/api";
import type { AuthContext } from "better-auth";
import type pg from "pg";

export type Store = AuthContext["internalAdapter"];
type Part<Method extends keyof Store> = Pick<Store, Method>;

/** As better-auth says it; for an account that is not confirmed yet, or gone meanwhile, as well. */
export const WRONG_PASSWORD = { message: "Invalid email or password", code: "INVALID_EMAIL_OR_PASSWORD" };
export const LINK_OVER = { message: "Invalid token", code: "INVALID_TOKEN" };

const digestOf = (hash: string): string => createHash("sha256").update(hash).digest("hex");

/** What the session of an attempt rests on. */
interface Proof {
  /** As it is stored, once it is known. */
  hash: string;
}

interface Besides {
  /** The token of the browser's session before, which ends with the next one. */
  readonly replaced?: string | undefined;
  /** The id of the login whose address a link confirms, together with the password. */
  readonly confirmed?: string | undefined;
}

function sessionsOf(proof: Proof, store: Store, { replaced, confirmed }: Besides = {}): Part<"createSession"> {
  return {
    async createSession(userId, forNow, more, ...rest) {
      const session = await store.createSession(
        userId,
        forNow,
        { ...more, passwordDigest: digestOf(proof.hash) },
        ...rest,
      );
      if (confirmed === userId) await store.updateUser(userId, { emailVerified: true });
      if (replaced !== undefined) await store.deleteSession(replaced);
      return session;
    },
  };
}

/** For a sign-in and a sign-up. */
export function named(
  address: string,
  store: Store,
  besides: Besides,
): Part<"findUserByEmail" | "createUser" | "linkAccount" | "createSession"> {
  const proof = { hash: "" };
  return {
    async findUserByEmail(_, ...more) {
      const found = await store.findUserByEmail(address, ...more);
      proof.hash = found?.accounts.find(({ providerId }) => providerId === "credential")?.password ?? "";
      if (found?.user.id !== besides.confirmed) return found;
      return found && { ...found, user: { ...found.user, emailVerified: true } };
    },
    createUser: (user, ...more) => store.createUser({ ...user, email: address }, ...more),
    linkAccount(account) {
      proof.hash = account.password ?? "";
      return store.linkAccount(account);
    },
    ...sessionsOf(proof, store, besides),
  };
}

/** Writes the new password where the old one is still there, and apart from better-auth's transaction, which then waits for no lock. */
export function changing(
  store: Store,
  pool: pg.Pool,
): Part<"findCredentialAccount" | "deleteUserSessions" | "updateAccount" | "createSession"> {
  const proof = { hash: "" };
  return {
    async findCredentialAccount(userId) {
      const account = await store.findCredentialAccount(userId);
      if (account === null) throw new APIError("UNAUTHORIZED", WRONG_PASSWORD);
      proof.hash = account.password ?? "";
      return account;
    },
    // The database does, with the old password.
    deleteUserSessions: () => Promise.resolve(),
    async updateAccount(id, { password }) {
      const { rows } = await pool.query(
        "UPDATE auth_credentials SET password = $2, updated_at = now() WHERE id = $1 AND password = $3 RETURNING *",
        [id, password, proof.hash],
      );
      if (rows.length !== 1) throw new APIError("UNAUTHORIZED", WRONG_PASSWORD);
      proof.hash = String(password);
      return rows[0];
    },
    ...sessionsOf(proof, store),
  };
}

/**
 * A request for a new password: for an address without an account, and for one of the staff, whose passwords are not set by
 * mail, it writes a row as well, where better-auth only reads. It is good for nothing.
 */
export function alike(address: string, store: Store): Part<"findUserByEmail" | "findVerificationValue"> {
  return {
    async findUserByEmail(_, ...more) {
      const found = await store.findUserByEmail(address, ...more);
      return found !== null && isShopper(found.user) ? found : null;
    },
    findVerificationValue: (identifier) =>
      store.createVerificationValue({ identifier, value: "", expiresAt: new Date(0) }),
  };
}

/** Of a link that was asked for as a shopper, the staff's password is not set either; a link whose owner is gone is over. */
export function shoppersAlone(store: Store): Part<"findUserById"> {
  return {
    async findUserById(id) {
      const user = await store.findUserById(id);
      if (user !== null && isShopper(user)) return user;
      throw new APIError("BAD_REQUEST", LINK_OVER);
    },
  };
}

const isShopper = (user: object): boolean => "role" in user && user.role === "shopper";
