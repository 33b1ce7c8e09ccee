/** News of the inbox reaches the page over the header's one connection: a browser allows few of them to one server. */
const news = new EventTarget();

export const tellInbox = (): boolean => news.dispatchEvent(new Event('changed'));

export function hearInbox(changed: () => void): () => void {
  news.addEventListener('changed', changed);
  return () => news.removeEventListener('changed', changed);
}
