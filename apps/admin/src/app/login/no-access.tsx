"use client";
/** For a shopper's account: it is signed in, but the console is not for it. */
import { Banner, Button } from "@tillstream/ui";
import { authClient } from "@tillstream/trpc/auth-client";
import { useState } from "react";

export function NoAccess({ email }: { email: string }) {
  const [sending, setSending] = useState(false);
  const signOut = async () => {
    setSending(true);
    await authClient.signOut();
    location.assign("/login");
  };
  return (
    <div className="space-y-4">
      <h1 className="heading text-xl">No access to the console</h1>
      <Banner tone="waiting" title={`You are signed in as ${email}`}>
        This is a shopper's account. The console needs the role viewer, operator or admin; an admin can give it to you.
      </Banner>
      <Button loading={sending} onClick={() => void signOut()}>
        Sign out and use another account
      </Button>
    </div>
  );
}
