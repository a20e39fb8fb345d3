"use client";
import { Field, Select, TextInput } from "@tillstream/ui";
import { addressWords, COUNTRIES } from "./countries.ts";
import type { CheckoutFields, FieldErrors, FieldName } from "./fields.ts";

export interface FieldsProps {
  readonly fields: CheckoutFields;
  readonly errors: FieldErrors;
  readonly onChange: (name: FieldName, value: string) => void;
}

/** Name and address, each named for the browser to fill in. */
export function AddressFields({ fields, errors, onChange }: FieldsProps) {
  const text = (
    name: FieldName,
    label: string,
    autoComplete: string,
    more: { optional?: boolean; className?: string } = {},
  ) => (
    <Field
      id={name}
      label={label}
      error={errors[name]}
      required={!more.optional}
      optional={more.optional ?? false}
      className={more.className}
    >
      <TextInput
        name={name}
        autoComplete={autoComplete}
        maxLength={200}
        value={fields[name]}
        onChange={(event) => onChange(name, event.target.value)}
      />
    </Field>
  );
  const words = addressWords(fields.country);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {text("name", "Full name", "name", { className: "sm:col-span-2" })}
      {text("line1", "Street and number", "address-line1", { className: "sm:col-span-2" })}
      {text("line2", "Apartment, suite, floor", "address-line2", { optional: true, className: "sm:col-span-2" })}
      {text("postalCode", words.postalCode, "postal-code", { optional: words.postalCodeOptional })}
      {text("city", "City", "address-level2")}
      {text("region", words.region, "address-level1", { optional: true })}
      <Field id="country" label="Country" error={errors.country} required>
        <Select
          name="country"
          autoComplete="country"
          value={fields.country}
          options={COUNTRIES}
          onChange={(event) => onChange("country", event.target.value)}
        />
      </Field>
    </div>
  );
}
