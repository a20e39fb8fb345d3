"use client";
import { Button, Checkbox, Field, Select, TextInput } from "@tillstream/ui";
import { useEffect, useState, type FormEvent } from "react";
import { addressWords, COUNTRIES } from "../checkout/countries.ts";
import { addressParts } from "../order/address-lines.ts";
import { textOf } from "../account/form-text.ts";
import { change, type SavedAddress } from "../shop/calls.ts";
import { Problem } from "../account/problem.tsx";
import { useAttempt } from "../account/use-attempt.ts";

type PostalAddress = SavedAddress["address"];

const NAMES = ["name", "line1", "line2", "city", "region", "postalCode", "country"] as const;
type Name = (typeof NAMES)[number];

interface AddressFormProps {
  person: string;
  /** The one that is changed; absent for a new one. */
  saved: SavedAddress | undefined;
  onSaved: (items: SavedAddress[]) => void;
  onCancel: () => void;
}

/** In the order and the words of the country. The rules are the server's: what it says of a field is shown there. */
export function AddressForm({ person, saved, onSaved, onCancel }: AddressFormProps) {
  const [country, setCountry] = useState<string>(saved?.address.country ?? "US");
  const { form, sending, attempt, refuse, errorAt, problemBeside } = useAttempt();

  useEffect(() => form.current?.querySelector("select")?.focus(), [form]);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const typed = Object.fromEntries(NAMES.map((name) => [name, textOf(data, name).trim()])) as Record<Name, string>;
    const missing = {
      "address.name": typed.name === "" ? "Enter a full name" : undefined,
      "address.line1": typed.line1 === "" ? "Enter a street and number" : undefined,
      "address.city": typed.city === "" ? "Enter a city" : undefined,
    };
    if (refuse(missing)) return;
    const address = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== "")) as PostalAddress; // the server looks at each
    const input = { ...(saved && { id: saved.id }), address, isDefault: data.get("isDefault") !== null };
    const answer = await attempt(() => change(person, "addresses", "save", input));
    if (answer !== undefined) onSaved(answer.items);
  }

  const words = addressWords(country);
  const text = (name: Name, label: string, autoComplete: string, more: { optional?: boolean; wide?: boolean } = {}) => (
    <Field
      key={name}
      label={label}
      error={errorAt(`address.${name}`)}
      required={!more.optional}
      optional={more.optional ?? false}
      className={more.wide ? "sm:col-span-2" : undefined}
    >
      <TextInput name={name} autoComplete={autoComplete} maxLength={200} defaultValue={saved?.address[name]} />
    </Field>
  );
  const parts = {
    city: text("city", "City", "address-level2"),
    region: text("region", words.region, "address-level1", { optional: true }),
    postalCode: text("postalCode", words.postalCode, "postal-code", { optional: words.postalCodeOptional }),
  };
  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="grid gap-4 sm:grid-cols-2">
      <Field label="Country" error={errorAt("address.country")} required className="sm:col-span-2">
        <Select
          name="country"
          autoComplete="country"
          value={country}
          options={COUNTRIES}
          onChange={(event) => setCountry(event.target.value)}
        />
      </Field>
      {text("name", "Full name", "name", { wide: true })}
      {text("line1", "Street and number", "address-line1", { wide: true })}
      {text("line2", "Apartment, suite, floor", "address-line2", { optional: true, wide: true })}
      {addressParts(country).map((part) => parts[part])}
      {saved?.isDefault !== true && (
        <div className="sm:col-span-2">
          <Checkbox name="isDefault" label="Send orders there by default" />
        </div>
      )}
      <div className="empty:hidden sm:col-span-2">
        <Problem>{problemBeside(...NAMES.map((name) => `address.${name}`))}</Problem>
      </div>
      <div className="flex flex-wrap gap-3 sm:col-span-2">
        <Button type="submit" variant="primary" loading={sending}>
          Save the address
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
