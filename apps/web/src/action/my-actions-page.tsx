import { useEffect, useState } from 'react';
import { MyActionsDocument } from '../api/operations.generated.ts';
import { hearInbox } from '../inbox/news.ts';
import { PageHeading } from '../page/heading.tsx';
import { useTexts } from '../texts/texts.ts';
import { ActionList } from './action-list.tsx';

/** `/rtl`: the actions that the signed-in person owns. */
export default function MyActionsPage() {
  const { t } = useTexts();
  // Whatever happens to an action of one's own is told in the inbox.
  const [changes, setChanges] = useState(0);
  useEffect(() => hearInbox(() => setChanges((count) => count + 1)), []);
  return (
    <>
      <PageHeading title={t('actions.mine')} />
      <ActionList
        query={MyActionsDocument}
        variables={{}}
        pick={(data) => data.viewer?.myActions}
        empty="actions.none.mine"
        changes={changes}
        canReady={false}
        showPuskesmas
      />
    </>
  );
}
