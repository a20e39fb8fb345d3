import { openerNow } from "./focus-return.ts";

// Toasts are rare and sonner is not small: it is fetched with the first toast, which waits here until the library shows it.

export type ToastOptions = {
  /** What it is about: the one before of the same goes away. */
  about?: string;
  description?: string;
  /** One thing to do about it: Undo. */
  action?: { label: string; onClick: () => void };
  duration_ms?: number;
};
export type PendingToast = {
  kind: "plain" | "success" | "error";
  message: string;
  options: ToastOptions;
  /** What was done, at a control: the focus goes back there from the toast's own button. */
  opener: Element | null;
};

const pending_max = 20;
let pending: PendingToast[] = [];
let show: ((toast: PendingToast) => void) | undefined;
const wanted = new Set<() => void>();

function push(kind: PendingToast["kind"], message: string, options: ToastOptions = {}): void {
  const toast = { kind, message, options, opener: openerNow() };
  if (show !== undefined) return show(toast);
  pending = [...pending, toast].slice(-pending_max);
  for (const listener of wanted) listener();
}

/** Says in passing what was done; `toast.success` and `toast.error` give it a sign. Needs a Toaster on the page. */
export const toast = Object.assign((message: string, options?: ToastOptions) => push("plain", message, options), {
  success: (message: string, options?: ToastOptions) => push("success", message, options),
  error: (message: string, options?: ToastOptions) => push("error", message, options),
});

/** For the Toaster: told when the first toast is waiting. */
export function onWanted(listener: () => void): () => void {
  wanted.add(listener);
  return () => void wanted.delete(listener);
}
export const isWanted = (): boolean => pending.length > 0 || show !== undefined;

/** For the library's side: takes over what waits and all that follows, until the returned function is called. */
export function takeOver(showing: (toast: PendingToast) => void): () => void {
  show = showing;
  for (const toast of pending) showing(toast);
  pending = [];
  return () => {
    show = undefined;
  };
}
