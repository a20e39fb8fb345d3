"use client";
/** The forms of the entrances and the profile, and store credit, whose code comes after their page: what they say is there with the page. */
import dynamic from "next/dynamic";

export const RegisterForm = dynamic(async () => (await import("./register-form.tsx")).RegisterForm);
export const AskResetForm = dynamic(async () => (await import("./ask-reset-form.tsx")).AskResetForm);
export const NewPasswordForm = dynamic(async () => (await import("./new-password-form.tsx")).NewPasswordForm);
export const NameForm = dynamic(async () => (await import("./name-form.tsx")).NameForm);
export const EmailForm = dynamic(async () => (await import("./email-form.tsx")).EmailForm);
export const PasswordForm = dynamic(async () => (await import("./password-form.tsx")).PasswordForm);
export const DeleteAccount = dynamic(async () => (await import("./delete-account.tsx")).DeleteAccount);
export const WholeCredit = dynamic(async () => (await import("./credit-view.tsx")).CreditView);
