import { TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { DeleteAccount, EmailForm, NameForm, PasswordForm } from "../../../account/forms.tsx";
import { Part } from "../../../account/part.tsx";
import { ask, currentUser } from "../../../server/shop.ts";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const user = await currentUser();
  if (user === null) return null; // the layout leads to the sign-in
  const [{ name, email }, before] = await Promise.all([
    ask((shop) => shop.profile.get()),
    ask((shop) => shop.profile.beforeErasure()),
  ]);
  return (
    <div className="max-w-xl">
      <h1 className="heading mb-6 text-3xl">Profile</h1>
      <Part title="Name">
        <NameForm person={user.id} name={name} />
      </Part>
      <Part title="E-mail address">
        <EmailForm person={user.id} email={email} />
      </Part>
      <Part title="Password">
        <PasswordForm email={email} />
      </Part>
      <Part title="Delete the account">
        <p className="mb-3 text-ink-soft">
          What we keep of you and why is told on <TextLink href="/privacy">the page about privacy</TextLink>. If you
          delete your account:
        </p>
        <DeleteAccount person={user.id} before={before} />
      </Part>
    </div>
  );
}
