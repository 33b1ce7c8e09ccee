import { useState } from 'react';
import type { Failure } from '../api/failure.ts';
import { fetchFile, saveFile } from '../api/file.ts';
import type { ActionPageQuery } from '../api/operations.generated.ts';
import { FailureNotice } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { sizeIn } from './size.ts';
import { Thumbnail } from './thumbnail.tsx';

type File = NonNullable<NonNullable<ActionPageQuery['action']>['history']>[number]['evidence'][number];

/** Files that a report shows. */
export function EvidenceList({ files }: { files: readonly File[] }) {
  const { t, count } = useTexts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [fetching, setFetching] = useState<string | null>(null);
  if (files.length === 0) return null;
  async function save({ id, path, name }: File) {
    setFailure(null);
    setFetching(id);
    const content = await fetchFile(path);
    setFetching(null);
    if ('failure' in content) setFailure(content.failure);
    else saveFile(content, name);
  }
  return (
    <>
      <ul className="evidence">
        {files.map((file) => (
          <li key={file.id}>
            <Thumbnail content={file.path} type={file.type} />
            <button
              type="button"
              className="evidence-name"
              disabled={fetching === file.id}
              aria-label={t('evidence.save', { name: file.name })}
              onClick={() => void save(file)}
            >
              {file.name}
            </button>
            <small>{sizeIn(file.size, count)}</small>
          </li>
        ))}
      </ul>
      <FailureNotice failure={failure} />
    </>
  );
}
