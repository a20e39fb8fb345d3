"use client";
import { authClient } from "@tillstream/trpc/auth-client";
import { forgetIntentions } from "@tillstream/trpc/commands";
import { Button } from "@tillstream/ui";
import { useState } from "react";

export function SignOutButton() {
  const [leaving, setLeaving] = useState(false);
  return (
    <Button
      variant="ghost"
      loading={leaving}
      onClick={() => {
        setLeaving(true);
        forgetIntentions();
        void authClient.signOut().finally(() => location.assign("/"));
      }}
    >
      Sign out
    </Button>
  );
}
