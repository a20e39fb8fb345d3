/** What others show of a page: a drawing of ours beside its name. */
import { ImageResponse } from "next/og";
import { drawing } from "./drawing.ts";

export const SHARED_SIZE = { width: 1200, height: 630 };

interface SharedPictureProps {
  readonly image: string;
  /** The drawing's own, for its shape. */
  readonly imageWidth: number;
  readonly title: string;
  readonly text: string;
}

export async function sharedPicture({ image, imageWidth, title, text }: SharedPictureProps): Promise<ImageResponse> {
  const source = await drawing(image);
  return new ImageResponse(
    <div style={{ width: "100%", height: "100%", display: "flex", background: "#faf7f2", color: "#23201c" }}>
      <div style={{ flex: 1, display: "flex", flexDirection: "column", justifyContent: "center", padding: 64 }}>
        <div style={{ fontSize: 30, color: "#b4532a" }}>Fernhill</div>
        <div style={{ fontSize: 64, lineHeight: 1.1, marginTop: 18 }}>{title}</div>
        <div style={{ fontSize: 30, lineHeight: 1.4, marginTop: 22, color: "#4a443c" }}>{text}</div>
      </div>
      {source !== undefined && (
        <img src={source} alt="" width={imageWidth} height={SHARED_SIZE.height} style={{ objectFit: "cover" }} />
      )}
    </div>,
    SHARED_SIZE,
  );
}
