"use client";
/** The words of a product, to be typed. */
import { Field, Select, Textarea, TextInput } from "@tillstream/ui";
import { FIELDS } from "./draft.ts";
import type { Draft } from "./draft.ts";
import type { Product } from "./product.ts";

interface DraftFieldsProps {
  draft: Draft;
  categories: Product["categories"];
  errorOf(field: keyof Draft): string | undefined;
  set(field: keyof Draft): (value: string) => void;
}

export function DraftFields({ draft, categories, errorOf, set }: DraftFieldsProps) {
  const field = (name: keyof Draft) => ({ label: FIELDS[name], error: errorOf(name) });
  return (
    <>
      <Field {...field("name")} required>
        <TextInput value={draft.name} maxLength={120} onChange={({ target }) => set("name")(target.value)} />
      </Field>
      <Field {...field("category")} required>
        <Select
          value={draft.category}
          onChange={({ target }) => set("category")(target.value)}
          options={categories.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      </Field>
      <Field {...field("summary")} required>
        <Textarea value={draft.summary} maxLength={300} onChange={({ target }) => set("summary")(target.value)} />
      </Field>
      <Field {...field("description")} required>
        <Textarea
          value={draft.description}
          rows={5}
          maxLength={5_000}
          onChange={({ target }) => set("description")(target.value)}
        />
      </Field>
      <Field {...field("details")}>
        <Textarea value={draft.details} rows={4} onChange={({ target }) => set("details")(target.value)} />
      </Field>
    </>
  );
}
