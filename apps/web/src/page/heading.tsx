import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';

/**
 * The title of a page, in the document and in the window. A new page takes the focus with its title, so that a screen
 * reader begins there and the keyboard does not start in the menu again.
 */
export function PageHeading({
  title,
  children,
  aside,
}: {
  title: string;
  children?: ReactNode;
  aside?: ReactNode;
}) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="page-heading">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
      {aside && <div className="page-aside">{aside}</div>}
    </div>
  );
}

export function PrintButton() {
  const { t } = useTexts();
  return (
    <button type="button" className="plain-button no-print" onClick={() => print()}>
      {t('app.print')}
    </button>
  );
}
