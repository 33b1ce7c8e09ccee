/** A text of one line, such as a title: line breaks and the blanks around them, which come in with a pasted text, become one blank. */
export const oneLine = (text: string): string =>
  text.replace(/\s*[\r\n\v\f\u0085\u2028\u2029]\s*/gu, ' ').trim();
