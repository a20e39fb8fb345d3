import { Banner, TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Entrance } from "../../account/entrance.tsx";
import { SignInForm } from "../../account/sign-in-form.tsx";
import { entrancePath, safeReturnPath } from "../../server/return-path.ts";
import { currentUser } from "../../server/shop.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string; deleted?: string }>;
}) {
  const { next: wanted, deleted } = await searchParams;
  const next = safeReturnPath(wanted);
  if ((await currentUser()) !== null) redirect(next);
  return (
    <Entrance
      title="Sign in"
      aside={
        <>
          Forgot your password? <TextLink href="/reset">Set a new password</TextLink>. New here?{" "}
          <TextLink href={entrancePath("/register", next)}>Create an account</TextLink>. You can also order as a guest,
          and <TextLink href="/orders/find">find that order again</TextLink>.
        </>
      }
    >
      {deleted !== undefined && (
        <Banner tone="done" role="status" title="Your account is deleted" className="mb-6">
          You are signed out everywhere. Thank you for having been with us: you can{" "}
          <TextLink href="/products">look around</TextLink> and order as a guest at any time.
        </Banner>
      )}
      <SignInForm next={next} />
    </Entrance>
  );
}
