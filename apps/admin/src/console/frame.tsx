"use client";
/** The console's frame around every page. */
import { ConsoleShell, Toaster } from "@tillstream/ui";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Freshness, StaleBanner } from "./freshness.tsx";
import { useNavigation } from "./navigation.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { UserMenu, type Person } from "./user-menu.tsx";

export function Frame({ person, children }: { person: Person; children: ReactNode }) {
  const groups = useNavigation();
  return (
    <>
      <ConsoleShell
        groups={groups}
        currentPath={usePathname()}
        header={<Freshness />}
        banner={<StaleBanner />}
        userMenu={
          <>
            <ShortcutHelp />
            <UserMenu person={person} />
          </>
        }
      >
        {children}
      </ConsoleShell>
      <Toaster />
    </>
  );
}
