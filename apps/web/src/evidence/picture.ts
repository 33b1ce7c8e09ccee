/** Pixels of the longer side of a picture that is sent. */
const LONGEST_SIDE = 1600;
const JPEG_QUALITY = 0.85;

/** How large a picture is drawn, in pixels: not larger than it is, its sides in their proportion. */
export function drawnSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The name of a picture that was drawn anew. */
export const jpegName = (name: string): string => name.replace(/\.[^.]*$/, '') + '.jpg';

/**
 * Draws a photo anew, as JPEG: a phone's photo of 5 MB becomes some hundred kB, and loses where it was taken. A PNG that is
 * small enough stays what it is. What is no picture, or none that this browser can read, is for the service to judge.
 */
export async function preparePicture(file: File): Promise<File> {
  if (!file.type.startsWith('image/')) return file;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return file;
  }
  const { width, height } = drawnSize(picture.width, picture.height);
  if (file.type === 'image/png' && width === picture.width) return file;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff'; // under what is transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const drawn = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY),
  );
  return drawn ? new File([drawn], jpegName(file.name), { type: 'image/jpeg' }) : file;
}
