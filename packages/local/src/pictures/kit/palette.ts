/** The real colour behind each colour, finish and material that the catalogue names. */

const palette: Readonly<Record<string, string>> = {
  Chalk: "#efe8db",
  Oat: "#d6c19c",
  Linen: "#dfd2ba",
  Clay: "#bb6340",
  Rust: "#96452b",
  Rose: "#c98f80",
  Plum: "#6a4256",
  Ochre: "#cd9a40",
  Moss: "#6d7b53",
  Fern: "#4c6a4c",
  Celadon: "#a5bfae",
  Sky: "#9db7c4",
  Indigo: "#36496d",
  Slate: "#6d787e",
  Ink: "#32343c",
  Tenmoku: "#54352a",
  Brass: "#c39c4e",
  Copper: "#c0764b",
  Steel: "#b3babd",
  Zinc: "#98a3a6",
  Oak: "#c99f6a",
  Ash: "#dcc199",
  Beech: "#d3a678",
  Cedar: "#b97f55",
  Walnut: "#7b5339",
  Terracotta: "#c0714c",
  Beeswax: "#dba94c",
  Jute: "#c4a171",
  Tan: "#b98a5a",
  Marble: "#dedad3",
  Granite: "#7d7b7c",
  Leaf: "#6c8559",
  Olive: "#8a8b52",
  Paper: "#f3ecdf",
  Cork: "#c49a6c",
  Buff: "#cfae78",
  Brown: "#7d5a3c",
  Iron: "#4a4b4f",
  Glass: "#c7d8d4",
};

/** `#rrggbb` of a named colour; an unknown name is a mistake in the catalogue and stops the generator. */
export function colourOf(name: string): string {
  const hex = palette[name];
  if (hex === undefined) throw new Error(`no colour named "${name}" in the picture palette`);
  return hex;
}
