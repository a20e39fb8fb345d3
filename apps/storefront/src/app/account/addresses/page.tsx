import type { Metadata } from "next";
import { AddressBook } from "../../../addresses/address-book.tsx";
import { ask, currentUser } from "../../../server/shop.ts";

export const metadata: Metadata = { title: "Addresses" };

export default async function AddressesPage() {
  const user = await currentUser();
  if (user === null) return null; // the layout leads to the sign-in
  const { items } = await ask((shop) => shop.addresses.list());
  return (
    <>
      <h1 className="heading mb-6 text-3xl">Addresses</h1>
      <AddressBook person={user.id} first={items} />
    </>
  );
}
