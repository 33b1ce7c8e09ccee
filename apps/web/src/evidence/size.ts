/**
 * A size as people read it: whole kB, from 1 MB on in MB with one decimal.
 * @param bytes above 0
 * @param write a number in the language of the screen
 */
export function sizeIn(bytes: number, write: (value: number) => string): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1024 ? `${write(kilobytes)} kB` : `${write(Math.round(bytes / 104_857.6) / 10)} MB`;
}
