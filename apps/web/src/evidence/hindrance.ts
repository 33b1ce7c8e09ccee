/** As the service has them (`libs/contracts/src/actions.ts`). */
export const LIMIT_MB = 5;
export const PER_REPORT = 5;

/** Why a file cannot be sent; null when it can. */
export function hindranceOf({
  content,
  unreadable,
}: {
  content: Pick<File, 'size'>;
  unreadable: boolean;
}): 'empty' | 'unreadable' | 'too-large' | null {
  if (content.size === 0) return 'empty';
  if (unreadable) return 'unreadable';
  return content.size > LIMIT_MB * 1024 * 1024 ? 'too-large' : null;
}
