import { TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Entrance } from "../../account/entrance.tsx";
import { RegisterForm } from "../../account/forms.tsx";
import { entrancePath, safeReturnPath } from "../../server/return-path.ts";
import { currentUser } from "../../server/shop.ts";

export const metadata: Metadata = { title: "Create an account" };

export default async function RegisterPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = safeReturnPath((await searchParams).next);
  if ((await currentUser()) !== null) redirect(next);
  return (
    <Entrance
      title="Create an account"
      aside={
        <>
          Have one already? <TextLink href={entrancePath("/login", next)}>Sign in</TextLink>.
        </>
      }
    >
      <RegisterForm next={next} />
    </Entrance>
  );
}
