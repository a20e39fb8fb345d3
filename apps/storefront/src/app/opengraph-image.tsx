import { sharedPicture } from "../found/shared-picture.tsx";

export { SHARED_SIZE as size } from "../found/shared-picture.tsx";
export const contentType = "image/png";
export const alt = "Fernhill, things for the home: pots, a lamp and plants on a table";

export default function SharedPicture(): Promise<Response> {
  return sharedPicture({
    image: "/categories/ceramics.svg",
    imageWidth: 630,
    title: "Made slowly, used every day",
    text: "Things for the home, from small workshops.",
  });
}
