"use client";
import { Field, Select } from "@tillstream/ui";
import { addressParts } from "../order/address-lines.ts";
import { addressWords, COUNTRIES } from "./countries.ts";
import { TypedField } from "./typed-field.tsx";
import type { TypedProps } from "./use-typed.ts";

/** Country, name and address, in the order and the words of the country. */
export function AddressFields({ typed }: { typed: TypedProps }) {
  const { fields, errors, change } = typed;
  const words = addressWords(fields.country);
  const parts = {
    city: <TypedField key="city" of={typed} name="city" label="City" input={{ autoComplete: "address-level2" }} />,
    region: (
      <TypedField
        key="region"
        of={typed}
        name="region"
        label={words.region}
        field={{ optional: true }}
        input={{ autoComplete: "address-level1" }}
      />
    ),
    postalCode: (
      <TypedField
        key="postalCode"
        of={typed}
        name="postalCode"
        label={words.postalCode}
        field={{ optional: words.postalCodeOptional }}
        input={{ autoComplete: "postal-code" }}
      />
    ),
  };
  const wide = "sm:col-span-2";
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field id="country" label="Country" error={errors.country} required className={wide}>
        <Select
          name="country"
          autoComplete="country"
          value={fields.country}
          options={COUNTRIES}
          onChange={(event) => change("country", event.target.value)}
        />
      </Field>
      <TypedField
        of={typed}
        name="name"
        label="Full name"
        field={{ className: wide }}
        input={{ autoComplete: "name" }}
      />
      <TypedField
        of={typed}
        name="line1"
        label="Street and number"
        field={{ className: wide }}
        input={{ autoComplete: "address-line1" }}
      />
      <TypedField
        of={typed}
        name="line2"
        label="Apartment, suite, floor"
        field={{ className: wide, optional: true }}
        input={{ autoComplete: "address-line2" }}
      />
      {addressParts(fields.country).map((part) => parts[part])}
    </div>
  );
}
