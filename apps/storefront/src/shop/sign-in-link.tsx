"use client";
/** The way back to this page as who is signed in now, or after signing in. A full load: all of it is made for one person. */
import { usePathname } from "next/navigation";

export function SignInLink({ reason }: { reason: string }) {
  return (
    <a href={`/login?next=${usePathname()}`} className="font-medium text-accent-text underline underline-offset-4">
      {reason === "SIGNED_IN_AS_ANOTHER" ? "Open this page again" : "Sign in to go on"}
    </a>
  );
}
