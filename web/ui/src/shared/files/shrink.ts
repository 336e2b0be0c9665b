// A picture that is larger than may be sent is drawn smaller, where the browser
// can: so a phone's largest photo still reaches the doctor.

import { viewable } from "./file";

/** Points of the longer side, one after the other, until it fits. */
const sides = [4096, 3072, 2048, 1280];

/** shrunk is the picture in no more bytes than most; itself where it fits or
 *  cannot be drawn. */
export async function shrunk(file: File, most: number): Promise<File> {
  if (file.size <= most || !viewable(file.type)) return file;
  const url = URL.createObjectURL(file);
  try {
    const picture = await loaded(url);
    for (const side of sides) {
      const blob = await drawn(picture, side);
      if (blob && blob.size <= most) return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    }
  } catch {
    // The server says what is wrong with it.
  } finally {
    URL.revokeObjectURL(url);
  }
  return file;
}

function loaded(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = () => reject(new Error("no picture"));
    picture.src = url;
  });
}

function drawn(picture: HTMLImageElement, side: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
}
