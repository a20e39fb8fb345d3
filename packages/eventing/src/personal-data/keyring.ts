/**
 * A key for each person, so that what was written about them somewhere that cannot be changed (a backup, a log of the database, a
 * copy) is forgotten with the key. The keys are in `subject_keys`, wrapped by a master key that is not in the database; a key
 * that was destroyed leaves its row, and nothing is sealed for that person again.
 *
 * AES-256-GCM throughout, each text bound to its subject: one person's text opens under no other's name.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { sql } from "@tillstream/runtime";
import type { MasterKey, SqlExecutor } from "@tillstream/runtime";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORM = "v1";
const REWRAPPED_AT_ONCE = 500;
const PROVED_MAX = 1_000;

/** The person's key was destroyed: nothing is kept of them any more. */
export class SubjectForgottenError extends Error {
  override readonly name = "SubjectForgottenError";
}

/** This process was not given the master key that wraps a key, or another one under its name. */
export class MasterKeyError extends Error {
  override readonly name = "MasterKeyError";

  constructor(masterKey: string, cause?: unknown) {
    const what = cause === undefined ? "is missing" : "is another one than before";
    super(`MASTER_KEYS: the key ${masterKey} ${what}. What it wraps cannot be opened without it.`, { cause });
  }
}

export interface SealedText {
  /** Whose key opens it. */
  readonly subject: string;
  readonly sealed: string;
}

/** Seals and opens what must be kept of a person, with a key of their own that `destroyKeys` takes away. */
export interface Keyring {
  /**
   * The text as only the subject's key opens it; the first call makes the key. Throws `SubjectForgottenError` once it was
   * destroyed, and `MasterKeyError` when the master keys do not open what is there: nothing is sealed that others cannot open.
   */
  seal(tx: SqlExecutor, subject: string, text: string): Promise<string>;
  /** Each text in its place; undefined where its key was destroyed, the error where the master keys do not open it. */
  open(db: SqlExecutor, texts: readonly SealedText[]): Promise<readonly (string | MasterKeyError | undefined)[]>;
  /** Throws `MasterKeyError` unless the master keys open what they have to: of some keys one of each is tried. */
  prove(db: SqlExecutor): Promise<void>;
  /** Wraps under the first master key what another one wraps, so that that one can go; goes on past what it cannot open. */
  rewrap(db: SqlExecutor): Promise<{ readonly rewrapped: number; readonly failed: number }>;
}

interface KeyRow {
  readonly subject: string;
  /** `<master key>.<wrapped key>`; null once it was destroyed. */
  readonly wrapped: string | null;
}

/** @param masterKeys the first wraps, all unwrap */
export function createKeyring(masterKeys: readonly [MasterKey, ...MasterKey[]]): Keyring {
  const [current] = masterKeys;
  const wrap = (subject: string, key: Buffer) => `${current.id}.${encrypt(current.key, key, `key of ${subject}`)}`;

  function unwrap({ subject, wrapped }: KeyRow): Buffer | undefined {
    if (wrapped === null) return undefined;
    const at = wrapped.indexOf(".");
    const masterId = wrapped.slice(0, at);
    const master = masterKeys.find(({ id }) => id === masterId);
    if (master === undefined) throw new MasterKeyError(masterId);
    try {
      return decrypt(master.key, wrapped.slice(at + 1), `key of ${subject}`);
    } catch (error) {
      throw new MasterKeyError(masterId, error);
    }
  }

  async function prove(db: SqlExecutor): Promise<void> {
    const rows = await db.query<KeyRow>(sql`
      SELECT DISTINCT ON (split_part(wrapped, '.', 1)) subject, wrapped
      FROM (SELECT subject, wrapped FROM subject_keys WHERE wrapped IS NOT NULL LIMIT ${PROVED_MAX}) sample`);
    for (const row of rows) unwrap(row);
  }

  function unwrapOrError(row: KeyRow): Buffer | MasterKeyError | undefined {
    try {
      return unwrap(row);
    } catch (error) {
      if (error instanceof MasterKeyError) return error;
      throw error;
    }
  }

  let isProved = false;
  return {
    prove,

    async seal(tx, subject, text) {
      if (!isProved) await prove(tx);
      isProved = true;
      const [made] = await tx.query<KeyRow>(sql`
        INSERT INTO subject_keys (subject, wrapped) VALUES (${subject}, ${wrap(subject, randomBytes(KEY_BYTES))})
        ON CONFLICT DO NOTHING RETURNING subject, wrapped`);
      // Held until the text is committed: an erasure of the key waits, and then finds the text.
      const [row] = made
        ? [made]
        : await tx.query<KeyRow>(sql`SELECT subject, wrapped FROM subject_keys WHERE subject = ${subject} FOR SHARE`);
      const key = row && unwrap(row);
      if (key === undefined) throw new SubjectForgottenError(`the key of ${subject} was destroyed`);
      return `${FORM}.${encrypt(key, Buffer.from(text), subject)}`;
    },

    async open(db, texts) {
      const subjects = [...new Set(texts.map(({ subject }) => subject))];
      const rows = await db.query<KeyRow>(
        sql`SELECT subject, wrapped FROM subject_keys WHERE subject = ANY(${subjects}::text[])`,
      );
      const keys = new Map(rows.map((row) => [row.subject, unwrapOrError(row)]));
      return texts.map(({ subject, sealed }) => {
        const key = keys.get(subject);
        if (key === undefined || key instanceof MasterKeyError) return key;
        return decrypt(key, sealed.slice(FORM.length + 1), subject).toString();
      });
    },

    async rewrap(db) {
      const done = { rewrapped: 0, failed: 0 };
      for (let after = ""; ;) {
        const rows = await db.query<KeyRow>(sql`
          SELECT subject, wrapped FROM subject_keys
          WHERE split_part(wrapped, '.', 1) <> ${current.id} AND subject > ${after} ORDER BY subject LIMIT ${REWRAPPED_AT_ONCE}`);
        for (const row of rows) {
          const key = unwrapOrError(row);
          if (key instanceof Buffer)
            await db.query(sql`
              UPDATE subject_keys SET wrapped = ${wrap(row.subject, key)} WHERE subject = ${row.subject} AND wrapped = ${row.wrapped}`);
          done[key instanceof Buffer ? "rewrapped" : "failed"] += 1;
        }
        const last = rows.at(-1);
        if (last === undefined) return done;
        after = last.subject;
      }
    },
  };
}

/** Destroys the keys for good, made or not: nothing is sealed for these subjects again. */
export async function destroyKeys(tx: SqlExecutor, subjects: readonly string[]): Promise<void> {
  await tx.query(sql`
    INSERT INTO subject_keys (subject, destroyed_at) SELECT DISTINCT subject, now() FROM unnest(${subjects}::text[]) AS named(subject)
    ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed_at = now() WHERE subject_keys.destroyed_at IS NULL`);
}

function encrypt(key: Buffer, text: Buffer, boundTo: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(boundTo));
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString("base64url");
}

function decrypt(key: Buffer, sealed: string, boundTo: string): Buffer {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
