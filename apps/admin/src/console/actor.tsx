/** Who did it, as people say it; the id on hover. */
import { actorWords } from "./actor-words.ts";

interface ActorProps {
  readonly actor: string;
  /** Of the login that it is, where there is one. */
  readonly name: string | null;
}

export function Actor({ actor, name }: ActorProps) {
  return <span title={actor}>{actorWords(actor, name)}</span>;
}
