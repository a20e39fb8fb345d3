import { InvalidArgumentError } from "commander";

/** Reads the value of an option that takes a number. */
export const numberFrom = (min: number, max: number) => (text: string) => {
  const value = Number(text);
  if (value >= min && value <= max) return value;
  throw new InvalidArgumentError(`Enter a number from ${min} to ${max}.`);
};
