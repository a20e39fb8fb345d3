"use client";
/** The way back to this page as who is signed in now, or after signing in. A full load: all of it is made for one person. */
interface SignInLinkProps {
  /** Why: `SIGNED_OUT` or `SIGNED_IN_AS_ANOTHER`, which only a browser ever learns. */
  readonly reason: string;
}

export function SignInLink({ reason }: SignInLinkProps) {
  const next = encodeURIComponent(`${location.pathname}${location.search}`);
  return (
    <a href={`/login?next=${next}`} className="font-medium text-accent-text underline underline-offset-4">
      {reason === "SIGNED_IN_AS_ANOTHER" ? "Open this page again" : "Sign in and come back here"}
    </a>
  );
}
