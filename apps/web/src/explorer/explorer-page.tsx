import { Alert, Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { PageHeading } from '../page/heading.tsx';
import { Hindrance } from '../page/notices.tsx';
import { authorization } from '../session/session.ts';
import { asksInOwnWords, districtsOf } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { EXAMPLES, type Example } from './examples.ts';

const written = (variables: unknown): string => JSON.stringify(variables, null, 2);
const isExample = (name: string | null): name is Example => name !== null && Object.hasOwn(EXAMPLES, name);

/** `/api`: asks the API in words of one's own, for those whose posts allow it. Subscriptions have a door of their own. */
export default function ExplorerPage() {
  const { t } = useTexts();
  const viewer = useViewer();
  const [chosen, setChosen] = useSearchParams();
  const named = chosen.get('contoh');
  const example: Example = isExample(named) ? named : 'overview';
  if (!asksInOwnWords(viewer))
    return (
      <>
        <PageHeading title={t('explorer.title')} />
        <Alert color="yellow">{t('explorer.forbidden')}</Alert>
      </>
    );
  return (
    <>
      <PageHeading title={t('explorer.title')}>
        <p>{t('explorer.intro')}</p>
      </PageHeading>
      <NativeSelect
        label={t('explorer.example')}
        data={(Object.keys(EXAMPLES) as Example[]).map((value) => ({
          value,
          label: t(`explorer.example.${value}`),
        }))}
        value={example}
        onChange={({ currentTarget: { value } }) => setChosen({ contoh: value }, { replace: true })}
      />
      <Question key={example} example={example} district={districtsOf(viewer)[0]} />
    </>
  );
}

interface Answered {
  readonly status: number;
  readonly cost: string | null;
  readonly milliseconds: number;
  readonly text: string;
}

function Question({ example, district }: { example: Example; district: string | undefined }) {
  const { t, count } = useTexts();
  const { query: first, variables: given } = EXAMPLES[example];
  const [query, setQuery] = useState<string>(first);
  const [variables, setVariables] = useState(
    written('district' in given && district ? { ...given, district } : given),
  );
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Answered | null>(null);

  async function ask() {
    setProblem(null);
    let read: unknown;
    try {
      read = JSON.parse(variables || '{}');
    } catch {
      return setProblem(t('explorer.variables.invalid'));
    }
    setAsking(true);
    const started = performance.now();
    try {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await authorization()) },
        body: JSON.stringify({ query, variables: read }),
      });
      const text = await response.text();
      setAnswer({
        status: response.status,
        cost: response.headers.get('lokmin-cost'),
        milliseconds: Math.round(performance.now() - started),
        text: inLines(text),
      });
    } catch {
      setProblem(t('failure.network'));
    } finally {
      setAsking(false);
    }
  }
  return (
    <form
      className="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <Textarea
        label={t('explorer.query')}
        classNames={{ input: 'code' }}
        rows={14}
        spellCheck={false}
        autoCapitalize="off"
        value={query}
        onChange={({ currentTarget: { value } }) => setQuery(value)}
      />
      <Textarea
        label={t('explorer.variables')}
        description={t('explorer.variables.hint')}
        classNames={{ input: 'code' }}
        rows={5}
        spellCheck={false}
        autoCapitalize="off"
        value={variables}
        onChange={({ currentTarget: { value } }) => setVariables(value)}
      />
      <Button type="submit" loading={asking}>
        {t('explorer.ask')}
      </Button>
      {problem && <Hindrance>{problem}</Hindrance>}
      {answer && (
        <section aria-label={t('explorer.answer')} aria-live="polite">
          <p className="small">
            {`HTTP ${answer.status} · ${t('explorer.took', { milliseconds: count(answer.milliseconds) })}`}
            {answer.cost && ` · ${t('explorer.cost', { cost: answer.cost })}`}
          </p>
          <pre className="code answer" tabIndex={0} data-testid="answer">
            {answer.text}
          </pre>
        </section>
      )}
    </form>
  );
}

/** JSON with a line for each part; anything else as it came. */
function inLines(text: string): string {
  try {
    return written(JSON.parse(text));
  } catch {
    return text;
  }
}
