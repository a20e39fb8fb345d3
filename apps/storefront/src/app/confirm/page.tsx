import { addressOfConfirmation } from "@tillstream/trpc";
import { LinkButton, TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Entrance } from "../../account/entrance.tsx";
import { SignInForm } from "../../account/sign-in-form.tsx";
import { entrancePath, safeReturnPath } from "../../server/return-path.ts";
import { server } from "../../server/services.ts";
import { currentUser } from "../../server/shop.ts";

export const metadata: Metadata = { title: "Confirm your address", robots: { index: false } };

interface ConfirmPageProps {
  searchParams: Promise<{ token?: unknown; next?: unknown }>;
}

const aside = (
  <>
    Do not remember the password, or never chose one? <TextLink href="/reset">Set a new password</TextLink>: that
    confirms the address too.
  </>
);

export default async function ConfirmPage({ searchParams }: ConfirmPageProps) {
  const { token, next: wanted } = await searchParams;
  const next = safeReturnPath(wanted);
  // A link from a stranger must not switch the signed-in user to another account.
  if ((await currentUser()) !== null) redirect(next);
  const email = typeof token === "string" ? await addressOfConfirmation(server().auth, token) : undefined;
  if (typeof token !== "string" || email === undefined)
    return (
      <Entrance title="This link no longer works" aside={aside}>
        <p className="mb-6 text-ink-soft">
          It is good for a day. Sign in with the password that you chose: if the address still needs to be confirmed,
          that sends a new link to it.
        </p>
        <LinkButton href={entrancePath("/login", next)} variant="primary" size="lg">
          Sign in
        </LinkButton>
      </Entrance>
    );
  return (
    <Entrance title="Confirm your address" aside={aside}>
      <p className="mb-6 text-ink-soft">Enter the password that you chose for your account, and you are there.</p>
      <SignInForm next={next} confirming={{ email, token }} />
    </Entrance>
  );
}
