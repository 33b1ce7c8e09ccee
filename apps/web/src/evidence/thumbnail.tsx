import { useEffect, useRef, useState } from 'react';
import { fetchFile } from '../api/file.ts';

/**
 * A picture, small, beside its name; for another file the word that its type is called by.
 * @param content the file itself, or where it is fetched once the reader comes near it
 */
export function Thumbnail({ content, type }: { content: Blob | string; type: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const [source, setSource] = useState<string | null>(null);
  const isPicture = type.startsWith('image/');
  useEffect(() => {
    if (!isPicture || !place.current) return;
    let gone = false;
    const show = async () => {
      const picture = typeof content === 'string' ? await fetchFile(content) : content;
      if (gone || 'failure' in picture) return; // its name stands beside it
      const reader = new FileReader();
      reader.onload = () => !gone && setSource(reader.result as string);
      reader.readAsDataURL(picture);
    };
    const near = new IntersectionObserver(
      ([entry]) => {
        if (!entry!.isIntersecting) return;
        near.disconnect();
        void show();
      },
      { rootMargin: '200px' },
    );
    near.observe(place.current);
    return () => {
      gone = true;
      near.disconnect();
    };
  }, [content, isPicture]);
  return (
    <span ref={place} className="thumbnail" aria-hidden="true">
      {source ? <img src={source} alt="" /> : isPicture ? null : 'PDF'}
    </span>
  );
}
