"use client";
/** A variant to be made: its SKU, what tells it from the others, its price and its picture. */
import { Field, Select, TextInput } from "@tillstream/ui";
import type { Choices, VariantDraft } from "./new-draft.ts";

interface VariantFieldsProps {
  readonly draft: VariantDraft;
  readonly pictures: Choices["pictures"];
  readonly currency: string;
  errorOf(field: keyof VariantDraft): string | undefined;
  set(field: keyof VariantDraft): (value: string) => void;
}

export function VariantFields({ draft, pictures, currency, errorOf, set }: VariantFieldsProps) {
  return (
    <>
      <Field label="SKU" hint="Capital letters, digits and dashes. It stays." required error={errorOf("sku")}>
        <TextInput
          mono
          value={draft.sku}
          maxLength={64}
          autoComplete="off"
          onChange={({ target }) => set("sku")(target.value.toUpperCase())}
        />
      </Field>
      <Field
        label="Variant"
        hint="What tells it from others of the product, such as its colour or size."
        required
        error={errorOf("name")}
      >
        <TextInput value={draft.name} maxLength={120} onChange={({ target }) => set("name")(target.value)} />
      </Field>
      <Field label={`Price in ${currency}`} required error={errorOf("price")}>
        <TextInput
          mono
          inputMode="decimal"
          autoComplete="off"
          value={draft.price}
          maxLength={20}
          onChange={({ target }) => set("price")(target.value)}
        />
      </Field>
      <Field label="Picture" hint="One of those that the shop has." required error={errorOf("image")}>
        <Select
          value={draft.image}
          onChange={({ target }) => set("image")(target.value)}
          options={[
            ...(draft.image === "" ? [{ value: "", label: "Choose a picture" }] : []),
            ...pictures.filter(({ image }) => image !== "").map(({ image, name }) => ({ value: image, label: name })),
          ]}
        />
      </Field>
    </>
  );
}
