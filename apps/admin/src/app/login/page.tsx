import { TillstreamMark, TillstreamWordmark } from "@tillstream/ui";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentUser, mayEnter } from "../../server/current-user.ts";
import { safeReturnPath } from "../../server/return-path.ts";
import { LoginForm } from "./login-form.tsx";
import { NoAccess } from "./no-access.tsx";

export const metadata: Metadata = { title: "Sign in" };

/** Signing in, or, for a shopper who is signed in, why this account does not open the console. */
export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const returnTo = safeReturnPath(next);
  const user = await currentUser();
  if (mayEnter(user)) redirect(returnTo);
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-5 py-10">
      <div className="mb-6 flex items-center gap-2">
        <TillstreamMark size={24} />
        <TillstreamWordmark height={18} />
      </div>
      {user === null ? <LoginForm returnTo={returnTo} /> : <NoAccess email={user.email} />}
    </main>
  );
}
