import { LinkButton } from "@tillstream/ui";
import type { Metadata } from "next";
import { ConfirmEmail } from "../../account/confirm-email.tsx";
import { Entrance } from "../../account/entrance.tsx";
import { entrancePath } from "../../server/return-path.ts";
import { ask, currentUser } from "../../server/shop.ts";

export const metadata: Metadata = { title: "Use this address", robots: { index: false } };

/** The link alone changes nothing: its reader signs in to the account, with the address before. */
export default async function ConfirmEmailPage({ searchParams }: { searchParams: Promise<{ token?: unknown }> }) {
  const { token } = await searchParams;
  const user = await currentUser();
  if (typeof token === "string" && user === null)
    return (
      <Entrance title="Sign in first">
        <p className="mb-6 text-ink-soft">
          This link gives an account another e-mail address. It works for the account that it was asked for in, so sign
          in to that one first, with the address that you have used so far.
        </p>
        <LinkButton
          href={entrancePath("/login", `/confirm-email?token=${encodeURIComponent(token)}`)}
          variant="primary"
          size="lg"
        >
          Sign in
        </LinkButton>
      </Entrance>
    );
  const change =
    typeof token === "string" && user !== null
      ? await ask((shop) => shop.profile.newEmail({ token })).catch(() => ({ email: null }))
      : { email: null };
  if (typeof token !== "string" || user === null || change.email === null)
    return (
      <Entrance title="This link no longer works">
        <p className="mb-6 text-ink-soft">
          It is good for an hour, once, and for the account that it was asked for in. Your address is as it was, or as
          you have changed it since.
        </p>
        <LinkButton href="/account/profile" variant="primary" size="lg">
          Your profile
        </LinkButton>
      </Entrance>
    );
  return (
    <Entrance title="Use this address">
      <ConfirmEmail person={user.id} token={token} from={user.email} to={change.email} />
    </Entrance>
  );
}
