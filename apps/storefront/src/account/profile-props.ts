/** Whose profile it is. */
export interface ProfileProps {
  /** The id of the signed-in shopper, for whom what is sent speaks. */
  readonly person: string;
  readonly name: string;
  readonly email: string;
}
