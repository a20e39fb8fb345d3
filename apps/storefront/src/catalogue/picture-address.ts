/** Written into the program when it is built: a digest of all pictures (`next.config.ts`). */
declare const PICTURES_VERSION: string;

/** A drawing's address with its version, under which a browser keeps it for good. Anything after `#` stays behind. */
export function pictureAddress(path: string): string {
  const [file = "", view] = path.split("#");
  return `${file}?v=${PICTURES_VERSION}${view === undefined ? "" : `#${view}`}`;
}
