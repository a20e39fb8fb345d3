import { addressOfReset } from "@tillstream/trpc";
import { LinkButton, TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { Entrance } from "../../account/entrance.tsx";
import { AskResetForm, NewPasswordForm } from "../../account/forms.tsx";
import { server } from "../../server/services.ts";

export const metadata: Metadata = { title: "Set a new password", robots: { index: false } };

const aside = (
  <>
    Know it after all? <TextLink href="/login">Sign in</TextLink>.
  </>
);

export default async function ResetPage({ searchParams }: { searchParams: Promise<{ token?: unknown }> }) {
  const { token } = await searchParams;
  if (token === undefined)
    return (
      <Entrance title="Set a new password" aside={aside}>
        <AskResetForm />
      </Entrance>
    );
  const email = typeof token === "string" ? await addressOfReset(server().auth, token) : undefined;
  if (typeof token !== "string" || email === undefined)
    return (
      <Entrance title="This link no longer works" aside={aside}>
        <p className="mb-6 text-ink-soft">
          A link to set a new password works once, and for an hour. Your password is as it was, or as you have set it
          with this link.
        </p>
        <LinkButton href="/reset" variant="primary" size="lg">
          Get a new link
        </LinkButton>
      </Entrance>
    );
  return (
    <Entrance title="Set a new password">
      <NewPasswordForm token={token} email={email} />
    </Entrance>
  );
}
