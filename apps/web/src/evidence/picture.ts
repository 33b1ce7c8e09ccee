/** Pixels of the longer side of a picture that is sent. */
const LONGEST_SIDE = 1600;
const JPEG_QUALITY = 0.85;

/** How large a picture is drawn, in pixels: not larger than it is, its sides in their proportion. */
export function drawnSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The name of a picture that was drawn anew. */
export const drawnName = (name: string, ending: 'jpg' | 'png'): string =>
  `${name.replace(/\.[^.]*$/, '')}.${ending}`;

/** What a file is by its first bytes, whatever it is called: anything but a PDF has to be a picture. */
export function kindOf(head: Uint8Array): 'pdf' | 'png' | 'other' {
  const beginsWith = (bytes: string) => [...bytes].every((byte, i) => head[i] === byte.charCodeAt(0));
  if (beginsWith('%PDF-')) return 'pdf';
  return beginsWith('\x89PNG\r\n\x1a\n') ? 'png' : 'other';
}

/**
 * Draws every picture anew, a PNG as PNG, another as JPEG: a phone's photo of 5 MB becomes some hundred kB, and what the
 * file says beside the picture is left out, such as where it was taken. A PDF stays what it is.
 * @returns null for what is no PDF and no picture that this browser can read
 */
export async function preparePicture(file: File): Promise<File | null> {
  const kind = kindOf(new Uint8Array(await file.slice(0, 8).arrayBuffer()));
  if (kind === 'pdf') return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const { width, height } = drawnSize(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d')!;
  if (kind !== 'png') {
    context.fillStyle = '#fff'; // under what is transparent
    context.fillRect(0, 0, width, height);
  }
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const type = kind === 'png' ? 'image/png' : 'image/jpeg';
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, JPEG_QUALITY));
  return drawn && new File([drawn], drawnName(file.name, kind === 'png' ? 'png' : 'jpg'), { type });
}
