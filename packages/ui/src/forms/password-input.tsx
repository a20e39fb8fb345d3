"use client";
import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { useEffect, useRef, useState } from "react";
import { TextInput, type TextInputProps } from "./text-input.tsx";

/** A password, which its reader may look at. `autoComplete` says to password managers whether it is new. */
export function PasswordInput(props: Omit<TextInputProps, "type" | "trail" | "className">) {
  const [shown, setShown] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  // Sent as a password: browsers remember what they send as text.
  useEffect(() => {
    const form = toggle.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, []);
  const Icon = shown ? EyeOff : Eye;
  return (
    <TextInput
      autoCapitalize="none"
      spellCheck={false}
      {...props}
      type={shown ? "text" : "password"}
      className="[&::-ms-reveal]:hidden"
      trail={
        <button
          ref={toggle}
          type="button"
          aria-pressed={shown}
          title={shown ? "Hide password" : "Show password"}
          onClick={() => setShown(!shown)}
          className="grid size-8 place-items-center rounded-md hover:text-ink console:size-6"
        >
          <Icon size={18} aria-hidden="true" />
          <span className="sr-only">Show password</span>
        </button>
      }
    />
  );
}
