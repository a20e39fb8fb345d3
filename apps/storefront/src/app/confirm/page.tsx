import { TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ConfirmAddress } from "../../account/confirm-address.tsx";
import { Entrance } from "../../account/entrance.tsx";
import { entrancePath, safeReturnPath } from "../../server/return-path.ts";
import { currentUser } from "../../server/shop.ts";

export const metadata: Metadata = { title: "Confirm your address", robots: { index: false } };

interface ConfirmPageProps {
  searchParams: Promise<{ token?: unknown; next?: unknown }>;
}

export default async function ConfirmPage({ searchParams }: ConfirmPageProps) {
  const { token, next: wanted } = await searchParams;
  const next = safeReturnPath(wanted);
  // A link that somebody else sent must not make another of who is signed in.
  if ((await currentUser()) !== null) redirect(next);
  return (
    <Entrance
      title="Confirm your address"
      aside={
        <>
          Do not remember the password? <TextLink href="/reset">Set a new password</TextLink>: that confirms the address
          too.
        </>
      }
    >
      <ConfirmAddress
        token={typeof token === "string" ? token : ""}
        next={next}
        loginPath={entrancePath("/login", next)}
      />
    </Entrance>
  );
}
