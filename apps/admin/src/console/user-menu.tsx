"use client";
/** Who is signed in, with which role, and the way out. */
import { buttonStyle, DropdownMenu, toast } from "@tillstream/ui";
import { forgetIntentions } from "@tillstream/trpc/commands";
import { authClient } from "@tillstream/trpc/auth-client";
import ChevronDown from "lucide-react/icons/chevron-down";
import LogOut from "lucide-react/icons/log-out";
import User from "lucide-react/icons/user-round";
import type { Person } from "./person.ts";

async function signOut(): Promise<void> {
  const { error } = await authClient.signOut();
  if (error !== null) {
    toast.error("Could not sign you out. You are still signed in; try again.");
    return;
  }
  forgetIntentions();
  // A full load: nothing that this person saw stays in memory for the next one.
  location.assign("/login");
}

export function UserMenu({ person }: { person: Person }) {
  return (
    <DropdownMenu
      label="Your account"
      trigger={
        <button
          type="button"
          aria-label={`Your account: ${person.name}, ${person.role}`}
          className={buttonStyle("ghost", "md")}
        >
          <User size={16} aria-hidden="true" />
          <span className="hidden max-w-32 truncate sm:inline">{person.name}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      }
      items={[
        { kind: "heading", key: "who", label: <span className="block max-w-60 truncate">{person.email}</span> },
        {
          kind: "heading",
          key: "role",
          label: (
            <>
              Role: <span className="font-medium text-ink">{person.role}</span>
            </>
          ),
        },
        { kind: "separator", key: "line" },
        {
          key: "out",
          label: "Sign out",
          icon: <LogOut size={14} aria-hidden="true" />,
          onSelect: () => void signOut(),
        },
      ]}
    />
  );
}
