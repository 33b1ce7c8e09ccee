import { Alert, Button } from '@mantine/core';
import { Component, lazy, useMemo, type ReactNode } from 'react';
import { createBrowserRouter, Link, Navigate, useLocation } from 'react-router';
import { Provider } from 'urql';
import { newClient } from './api/client.ts';
import { PageHeading } from './page/heading.tsx';
import { Layout } from './page/layout.tsx';
import { Loading } from './page/notices.tsx';
import { signInFor } from './session/destination.ts';
import { startSession } from './session/session.ts';
import { startPage } from './session/posts.ts';
import { useSession, useViewer, ViewerContext } from './session/viewer.ts';
import { useTexts } from './texts/texts.ts';

const SignInPage = lazy(() => import('./session/sign-in-page.tsx'));
const DistrictPage = lazy(() => import('./district/district-page.tsx'));
const indicatorPages = () => import('./district/district-indicator-page.tsx');
const DistrictIndicatorPage = lazy(indicatorPages);
const CoachingGroupIndicatorPage = lazy(async () => ({
  default: (await indicatorPages()).CoachingGroupIndicatorPage,
}));
const CoachingGroupPage = lazy(() => import('./district/coaching-group-page.tsx'));
const CataloguePage = lazy(() => import('./catalogue/catalogue-page.tsx'));
const MatrixPage = lazy(() => import('./matrix/matrix-page.tsx'));
const DraftPage = lazy(() => import('./catalogue/draft-page.tsx'));
const qualityPages = () => import('./quality/quality-page.tsx');
const DistrictQualityPage = lazy(qualityPages);
const PuskesmasQualityPage = lazy(async () => ({ default: (await qualityPages()).PuskesmasQualityPage }));
const SheetPage = lazy(() => import('./sheet/sheet-page.tsx'));
const PuskesmasPage = lazy(() => import('./puskesmas/puskesmas-page.tsx'));
const IndicatorPage = lazy(() => import('./indicator/indicator-page.tsx'));
const PwsPage = lazy(() => import('./village/pws-page.tsx'));
const ScoresPage = lazy(() => import('./score/scores-page.tsx'));
const DistrictScoresPage = lazy(() => import('./score/district-scores-page.tsx'));
const ImportPage = lazy(() => import('./import/import-page.tsx'));
const ActionPage = lazy(() => import('./action/action-page.tsx'));
const MyActionsPage = lazy(() => import('./action/my-actions-page.tsx'));
const MeetingsPage = lazy(() => import('./meeting/meetings-page.tsx'));
const MeetingPage = lazy(() => import('./meeting/meeting-page.tsx'));
const OutboxPage = lazy(() => import('./notification/outbox-page.tsx'));
const WebhookPage = lazy(() => import('./notification/webhook-page.tsx'));
const SystemPage = lazy(() => import('./system/system-page.tsx'));
const ExplorerPage = lazy(() => import('./explorer/explorer-page.tsx'));
const CompletenessPage = lazy(() => import('./completeness/completeness-page.tsx'));
const WindowsPage = lazy(() => import('./window/windows-page.tsx'));
const VerificationPage = lazy(() => import('./verification/verification-page.tsx'));
const AuditPage = lazy(() => import('./audit/audit-page.tsx'));
const AccountPage = lazy(() => import('./session/account-page.tsx'));
const CodePage = lazy(() => import('./session/code-page.tsx'));
const accountsPages = () => import('./session/accounts-page.tsx');
const AccountsOfPuskesmasPage = lazy(async () => ({
  default: (await accountsPages()).AccountsOfPuskesmasPage,
}));
const AccountsOfOfficePage = lazy(async () => ({ default: (await accountsPages()).AccountsOfOfficePage }));
const ServiceAccountsPage = lazy(() => import('./session/service-accounts-page.tsx'));
const PreferencesPage = lazy(() => import('./notification/preferences-page.tsx'));
const GuestsPage = lazy(() => import('./guest/guests-page.tsx'));
const GuestPage = lazy(() => import('./guest/guest-page.tsx'));
const InboxPage = lazy(() => import('./inbox/inbox-page.tsx'));

/** Lets in who is signed in; others sign in first and come back to the page they asked for. */
function SignedIn({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const session = useSession();
  const { pathname, search, hash } = useLocation();
  const person = session.status === 'in' ? session.viewer.id : null;
  const client = useMemo(() => person && newClient(), [person]);
  if (session.status === 'starting') return <Loading />;
  if (session.status === 'unreachable')
    return (
      <main className="sign-in">
        <Alert
          color="red"
          role="alert"
          title={t(session.why === 'network' ? 'session.unreachable' : 'session.away')}
        >
          <p>{t(session.why === 'network' ? 'session.unreachable.body' : 'session.away.body')}</p>
          <Button variant="default" onClick={() => void startSession()}>
            {t('app.retry')}
          </Button>
        </Alert>
      </main>
    );
  if (session.status === 'out' || !client)
    return <Navigate to={signInFor(pathname + search + hash)} replace />;
  return (
    <ViewerContext value={session.viewer}>
      <Provider value={client} key={person}>
        {children}
      </Provider>
    </ViewerContext>
  );
}

function StartPage() {
  const { t } = useTexts();
  const page = startPage(useViewer());
  if (page) return <Navigate to={page} replace />;
  return (
    <>
      <PageHeading title={t('app.name')} />
      <Alert color="yellow">{t('session.no-post')}</Alert>
    </>
  );
}

function NotFoundPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeading title={t('app.not-found')} />
      <p>{t('app.not-found.body')}</p>
      <Link to="/">{t('app.start')}</Link>
    </>
  );
}

function Broken() {
  const { t } = useTexts();
  return (
    <main className="sign-in">
      <Alert color="red" role="alert">
        <p>{t('app.broken')}</p>
        <Button variant="default" onClick={() => location.reload()}>
          {t('app.reload')}
        </Button>
      </Alert>
    </main>
  );
}

/** An error while drawing ends in a sentence, not in a white page. */
export class Guarded extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

export const router = createBrowserRouter([
  { path: '/masuk', element: <SignInPage />, errorElement: <Broken /> },
  { path: '/tamu', element: <GuestPage />, errorElement: <Broken /> },
  { path: '/kode', element: <CodePage />, errorElement: <Broken /> },
  {
    element: (
      <SignedIn>
        <Layout />
      </SignedIn>
    ),
    errorElement: <Broken />,
    children: [
      { path: '/', element: <StartPage /> },
      { path: '/kabupaten/:code', element: <DistrictPage /> },
      { path: '/kabupaten/:code/kelengkapan', element: <CompletenessPage /> },
      { path: '/kabupaten/:code/matriks', element: <MatrixPage /> },
      { path: '/kabupaten/:code/jendela', element: <WindowsPage /> },
      { path: '/kabupaten/:code/verifikasi', element: <VerificationPage /> },
      { path: '/kabupaten/:code/indikator/:indicator', element: <DistrictIndicatorPage /> },
      { path: '/kabupaten/:code/mutu-data', element: <DistrictQualityPage /> },
      { path: '/puskesmas/:code/isi', element: <SheetPage /> },
      { path: '/puskesmas/:code/mutu-data', element: <PuskesmasQualityPage /> },
      { path: '/kabupaten/:code/katalog', element: <CataloguePage /> },
      { path: '/kabupaten/:code/katalog/rancangan', element: <DraftPage /> },
      { path: '/kabupaten/:code/binaan/:group', element: <CoachingGroupPage /> },
      {
        path: '/kabupaten/:code/binaan/:group/indikator/:indicator',
        element: <CoachingGroupIndicatorPage />,
      },
      { path: '/puskesmas/:code', element: <PuskesmasPage /> },
      { path: '/puskesmas/:code/indikator/:indicator', element: <IndicatorPage /> },
      { path: '/puskesmas/:code/nilai', element: <ScoresPage /> },
      { path: '/puskesmas/:code/pws', element: <PwsPage /> },
      { path: '/kabupaten/:code/nilai', element: <DistrictScoresPage /> },
      { path: '/puskesmas/:code/lokmin', element: <MeetingsPage /> },
      { path: '/puskesmas/:code/petugas', element: <AccountsOfPuskesmasPage /> },
      { path: '/puskesmas/:code/tamu', element: <GuestsPage /> },
      { path: '/kabupaten/:code/petugas', element: <AccountsOfOfficePage /> },
      { path: '/lokmin/:id', element: <MeetingPage /> },
      { path: '/impor', element: <ImportPage /> },
      { path: '/rtl', element: <MyActionsPage /> },
      { path: '/rtl/:id', element: <ActionPage /> },
      { path: '/pengaturan', element: <PreferencesPage /> },
      { path: '/akun', element: <AccountPage /> },
      { path: '/akun-layanan', element: <ServiceAccountsPage /> },
      { path: '/pesan-terkirim', element: <OutboxPage /> },
      { path: '/webhook', element: <WebhookPage /> },
      { path: '/sistem', element: <SystemPage /> },
      { path: '/api', element: <ExplorerPage /> },
      { path: '/jejak', element: <AuditPage /> },
      { path: '/kotak-masuk', element: <InboxPage /> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);
