import { ImageResponse } from "next/og";

export const size = { width: 180, height: 180 };
export const contentType = "image/png";

/** The mark of `icon.svg` in its own colours, without its round corners: the system cuts those. */
export default function AppleIcon(): ImageResponse {
  return new ImageResponse(
    <div
      style={{
        width: "100%",
        height: "100%",
        display: "flex",
        alignItems: "center",
        justifyContent: "center",
        background: "#faf7f2",
      }}
    >
      <svg width="140" height="140" viewBox="0 0 32 32" fill="none">
        <path d="M1.5 28.5C7 22.8 12 21 17 21.4c5.2.4 9.7 2.9 13.5 7.1z" fill="#54643f" opacity=".3" />
        <path
          d="M14.5 26C13.5 17.5 14.6 9.8 19.6 7.3c3.6-1.8 7.3.4 6.9 3.9-.4 3.2-4.8 3.9-5.6 1.2-.4-1.5.9-2.7 2.2-2.1"
          stroke="#54643f"
          strokeWidth="2"
          strokeLinecap="round"
        />
        <path
          d="M14 20.8C9.6 20.9 6.6 18.7 5.6 14.4c4.5-.2 7.5 2.1 8.4 6.4zM14.6 14.6c-3.2-.6-5-2.7-5-6.1 3.3.5 5.1 2.7 5 6.1zM15 22.6c.5-3.7 2.9-5.9 6.7-6.2-.3 3.9-2.8 6.2-6.7 6.2z"
          fill="#54643f"
        />
      </svg>
    </div>,
    size,
  );
}
