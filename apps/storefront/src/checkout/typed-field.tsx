"use client";
/** One field of the checkout: its error comes when it is left, and is where the summary leads to. */
import { Field, TextInput, type FieldProps, type TextInputProps } from "@tillstream/ui";
import type { TypedName } from "./steps.ts";
import type { TypedProps } from "./use-typed.ts";

interface TypedFieldProps {
  readonly of: TypedProps;
  readonly name: TypedName;
  readonly label: string;
  readonly field?: Pick<FieldProps, "optional" | "hint" | "className">;
  /** Each is named for the browser to fill in. */
  readonly input: TextInputProps & { autoComplete: string };
}

const LENGTH_MAX = 200;

export function TypedField({
  of: { fields, card, errors, change, leave },
  name,
  label,
  field,
  input,
}: TypedFieldProps) {
  const values: Readonly<Partial<Record<TypedName, string>>> = { ...fields, ...card };
  return (
    <Field id={name} label={label} error={errors[name]} required={field?.optional !== true} {...field}>
      <TextInput
        name={name}
        maxLength={LENGTH_MAX}
        value={values[name] ?? ""}
        onChange={(event) => change(name, event.target.value)}
        onBlur={() => leave(name)}
        {...input}
      />
    </Field>
  );
}
