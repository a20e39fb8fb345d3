/** The addresses that a shopper saved, at most 20. The first one, or the one that they choose, is where orders go by default. */
import { refuse } from "@tillstream/eventing";
import type { PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database, IdGenerator, SqlExecutor } from "@tillstream/runtime";
import { visibleLine } from "@tillstream/trpc/input";
import type { z } from "zod";
import type { shippingAddress } from "../checkout/index.ts";
import { NOT_FOUND } from "./profile.ts";

const ADDRESSES_MAX = 20;
const FULL = refuse(
  "conflict",
  "ADDRESSES_FULL",
  `You have saved ${ADDRESSES_MAX} addresses, which is all that fit. Remove one first.`,
);
const NO_ADDRESS = refuse("notFound", "ADDRESS_NOT_FOUND", "This address is not among those that you saved.");

const KNOWN = "You have saved this address already.";
const SAVED_ALREADY = refuse("conflict", "ADDRESS_SAVED", KNOWN, {
  fields: [{ field: "address", rule: "another address", message: KNOWN }],
});

type PostalAddress = z.output<typeof shippingAddress>;
/** As JSON has it: what is not there is left out. */
type Kept<Fields> = { readonly [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

interface SavedAddress {
  readonly id: string;
  readonly address: Kept<PostalAddress>;
  readonly isDefault: boolean;
}

/** The default first, then the newest. */
export function listAddresses(db: SqlExecutor, customerId: string): Promise<SavedAddress[]> {
  return db.query<SavedAddress>(sql`
    SELECT id, address, is_default AS "isDefault" FROM customer_addresses
    WHERE customer_id = ${customerId} ORDER BY is_default DESC, created_at DESC, id DESC`);
}

export interface AddressInput {
  /** Of the one to change; absent for a new one. */
  readonly id?: string | undefined;
  readonly address: PostalAddress;
  readonly isDefault?: boolean | undefined;
}

export async function saveAddress(
  { db, ids }: { readonly db: Database; readonly ids: IdGenerator },
  customerId: string,
  { id, address, isDefault = false }: AddressInput,
): Promise<SavedAddress[]> {
  return db.transaction(async (tx) => {
    await lock(tx, customerId);
    const saved = await listAddresses(tx, customerId);
    if (id === undefined && saved.length >= ADDRESSES_MAX) throw FULL;
    const before = saved.find((each) => each.id === id);
    if (id !== undefined && before === undefined) throw NO_ADDRESS;
    if (saved.some((each) => each.id !== id && isSame(each.address, address))) throw SAVED_ALREADY;
    const becomesDefault = isDefault || saved.length === 0 || before?.isDefault === true;
    if (becomesDefault)
      await tx.query(
        sql`UPDATE customer_addresses SET is_default = false WHERE customer_id = ${customerId} AND is_default`,
      );
    await tx.query(sql`
      INSERT INTO customer_addresses (id, customer_id, address, is_default)
      VALUES (${id ?? ids.next()}, ${customerId}, ${JSON.stringify(address)}::jsonb, ${becomesDefault})
      ON CONFLICT (id) DO UPDATE SET address = excluded.address, is_default = excluded.is_default`);
    return listAddresses(tx, customerId);
  });
}

/** Letter by letter but for capitals, for fields that are empty, and for what cannot be seen, which older addresses still have. */
function isSame(one: Kept<PostalAddress>, other: PostalAddress): boolean {
  const [first, second]: readonly Readonly<Record<string, string | undefined>>[] = [one, other];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (name) => visibleLine(first?.[name] ?? "").toLowerCase() === visibleLine(second?.[name] ?? "").toLowerCase(),
  );
}

/** When it was the default, the newest of the others is. */
export async function removeAddress(db: Database, customerId: string, id: string): Promise<SavedAddress[]> {
  return db.transaction(async (tx) => {
    await lock(tx, customerId);
    const gone = await tx.query(sql`
      DELETE FROM customer_addresses WHERE id = ${id} AND customer_id = ${customerId} RETURNING id`);
    if (gone.length === 0) throw NO_ADDRESS;
    const [first] = await listAddresses(tx, customerId);
    if (first?.isDefault === false)
      await tx.query(sql`UPDATE customer_addresses SET is_default = true WHERE id = ${first.id}`);
    return listAddresses(tx, customerId);
  });
}

/** One change at a time, so that the bound and the one default hold. */
async function lock(tx: SqlExecutor, customerId: string): Promise<void> {
  const known = await tx.query(sql`SELECT FROM customers WHERE id = ${customerId} FOR UPDATE`);
  if (known.length === 0) throw NOT_FOUND;
}

export const savedAddresses: PersonalData = {
  name: "savedAddresses",
  tables: ["customer_addresses"],
  find: (db, { id }) => listAddresses(db, id),
  erase: async (tx, { id }) =>
    (await tx.query(sql`DELETE FROM customer_addresses WHERE customer_id = ${id} RETURNING id`)).length,
};
