/**
 * The browser's side of the sessions. A few requests of our own in place of better-auth's client, which is 10 kB of a page
 * and knows much that is not offered here.
 */

export interface AuthError {
  readonly status: number;
  readonly fields?: unknown;
}

interface AuthAnswer {
  /** What was answered; null where there is nothing to say, or it was refused. */
  readonly data: unknown;
  readonly error: AuthError | null;
}

/** Rejects where nothing answered. */
async function call(path: string, body?: object): Promise<AuthAnswer> {
  const sent = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(`/api/auth${path}`, sent);
  const data: unknown = await response.json().catch(() => null);
  if (response.ok) return { data, error: null };
  const fields = typeof data === "object" && data !== null && "fields" in data ? data.fields : undefined;
  return { data: null, error: { status: response.status, fields } };
}

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export const authClient = {
  signIn: (typed: Credentials & { readonly callbackURL?: string; readonly confirmation?: string }) =>
    call("/sign-in/email", typed),
  signUp: (typed: Credentials & { readonly name: string; readonly callbackURL: string }) =>
    call("/sign-up/email", typed),
  signOut: () => call("/sign-out", {}),
  getSession: () => call("/get-session"),
  requestPasswordReset: (typed: { readonly email: string }) => call("/request-password-reset", typed),
  resetPassword: (typed: { readonly token: string; readonly newPassword: string }) => call("/reset-password", typed),
  changePassword: (typed: { readonly currentPassword: string; readonly newPassword: string }) =>
    call("/change-password", typed),
};
