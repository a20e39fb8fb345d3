import type { Metadata } from "next";
import { Addresses } from "../../../addresses/addresses.tsx";
import { ask, currentUser } from "../../../server/shop.ts";

export const metadata: Metadata = { title: "Addresses" };

export default async function AddressesPage() {
  const user = await currentUser();
  if (user === null) return null; // the layout leads to the sign-in
  const { items } = await ask((shop) => shop.addresses.list());
  return (
    <>
      <h1 className="heading mb-6 text-3xl">Addresses</h1>
      <Addresses person={user.id} first={items} />
    </>
  );
}
