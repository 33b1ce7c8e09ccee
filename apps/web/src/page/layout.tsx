import { Button, NativeSelect } from '@mantine/core';
import { Suspense, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import type { Failure } from '../api/failure.ts';
import { meetingsPage } from '../meeting/marks.tsx';
import { UnreadCount } from '../inbox/unread.tsx';
import { signOut } from '../session/session.ts';
import {
  asksInOwnWords,
  auditedBy,
  coachedBy,
  districtsOf,
  keepsServiceAccountsOf,
  may,
  operatedBy,
  recordsValues,
} from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { chooseLanguage, LANGUAGES, useTexts } from '../texts/texts.ts';
import { FailureNotice, Loading } from './notices.tsx';

export function LanguageChoice() {
  const { t, language } = useTexts();
  return (
    <NativeSelect
      size="xs"
      className="language"
      aria-label={t('app.language')}
      data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      value={language}
      onChange={(event) => void chooseLanguage(event.currentTarget.value as keyof typeof LANGUAGES)}
    />
  );
}

/** Header, menu and footer around every page of somebody signed in. */
export function Layout() {
  const { t, instant } = useTexts();
  const viewer = useViewer();
  const { pathname } = useLocation();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [openOn, setOpenOn] = useState<string | null>(null);
  const open = openOn === pathname; // going to another page closes the menu of a phone
  // An account named by its post says it once.
  const titles = [...new Set(viewer.posts.map((post) => post.title))].filter(
    (title) => title !== viewer.name,
  );
  const districts = districtsOf(viewer);
  const own = new Map(
    viewer.posts.flatMap((post) => (post.puskesmas ? [[post.puskesmas.code, post.puskesmas]] : [])),
  );
  return (
    <>
      <a className="skip" href="#isi">
        {t('app.skip')}
      </a>
      <header className="header no-print">
        <Link to="/" className="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="7" />
            <path d="M9 23V9m7 14V14m7 9V6" />
          </svg>
          {t('app.name')}
        </Link>
        <button
          type="button"
          className="menu-button"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => setOpenOn(open ? null : pathname)}
        >
          <span aria-hidden="true">☰</span> {t('app.menu')}
        </button>
        <nav id="menu" aria-label={t('app.menu')} className={open ? 'menu open' : 'menu'}>
          {districts.map((code) => (
            <NavLink key={code} to={`/kabupaten/${code}`} end>
              {t('nav.district')} {districts.length > 1 && code}
            </NavLink>
          ))}
          {districts.map((code) => (
            <NavLink key={code} to={`/kabupaten/${code}/mutu-data`}>
              {t('nav.quality')} {districts.length > 1 && code}
            </NavLink>
          ))}
          {[...new Set(viewer.posts.map((post) => post.districtCode))].map((code, _, { length }) => (
            <NavLink key={code} to={`/kabupaten/${code}/katalog`}>
              {t('nav.catalogue')} {length > 1 && code}
            </NavLink>
          ))}
          {coachedBy(viewer).map(({ name, page }) => (
            <NavLink key={page} to={page} end>
              {name}
            </NavLink>
          ))}
          {[...own.values()].map((puskesmas) => (
            <NavLink
              key={puskesmas.code}
              to={`/puskesmas/${puskesmas.code}`}
              end={/\/(lokmin|petugas|tamu|mutu-data|isi)$/.test(pathname)}
            >
              {puskesmas.name}
            </NavLink>
          ))}
          {[...own.values()].map((puskesmas) => (
            <NavLink key={puskesmas.code} to={meetingsPage(puskesmas.code)}>
              {t('nav.meetings')} {own.size > 1 && puskesmas.name}
            </NavLink>
          ))}
          <NavLink to="/rtl" end>
            {t('nav.my-actions')}
          </NavLink>
          {recordsValues(viewer) && <NavLink to="/impor">{t('nav.import')}</NavLink>}
          {operatedBy(viewer).length > 0 && <NavLink to="/pesan-terkirim">{t('nav.outbox')}</NavLink>}
          {districtsOf(viewer)
            .filter((district) => may(viewer, 'code.issue', { district }))
            .map((code) => (
              <NavLink key={code} to={`/kabupaten/${code}/petugas`}>
                {t('nav.accounts')} {districts.length > 1 && code}
              </NavLink>
            ))}
          {[...own.values()]
            .filter((puskesmas) => may(viewer, 'code.issue', { puskesmas: puskesmas.code }))
            .map((puskesmas) => (
              <NavLink key={puskesmas.code} to={`/puskesmas/${puskesmas.code}/petugas`}>
                {t('nav.accounts')} {own.size > 1 && puskesmas.name}
              </NavLink>
            ))}
          {[...own.values()]
            .filter((puskesmas) => may(viewer, 'guest.keep', { puskesmas: puskesmas.code }))
            .map((puskesmas) => (
              <NavLink key={puskesmas.code} to={`/puskesmas/${puskesmas.code}/tamu`}>
                {t('nav.guests')} {own.size > 1 && puskesmas.name}
              </NavLink>
            ))}
          {keepsServiceAccountsOf(viewer).length > 0 && (
            <NavLink to="/akun-layanan">{t('nav.service-accounts')}</NavLink>
          )}
          {operatedBy(viewer).length > 0 && <NavLink to="/webhook">{t('nav.webhooks')}</NavLink>}
          {operatedBy(viewer).length > 0 && <NavLink to="/sistem">{t('nav.system')}</NavLink>}
          {auditedBy(viewer).length > 0 && <NavLink to="/jejak">{t('nav.audit')}</NavLink>}
          {asksInOwnWords(viewer) && operatedBy(viewer).length > 0 && (
            <NavLink to="/api">{t('nav.explorer')}</NavLink>
          )}
          <NavLink to="/pengaturan">{t('nav.preferences')}</NavLink>
          <div className="account">
            <LanguageChoice />
            <span className="person" data-testid="viewer">
              <Link to="/akun" title={`${viewer.name} · ${t('account.title')}`}>
                {viewer.name}
              </Link>
              <small title={titles.join(', ')}>{titles.join(', ')}</small>
            </span>
            <Button size="xs" variant="default" onClick={() => void signOut().then(setFailure)}>
              {t('session.sign-out')}
            </Button>
          </div>
        </nav>
        <UnreadCount />
      </header>
      <main id="isi" className="content">
        <FailureNotice failure={failure} />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <footer className="print-only">
        {t('app.printed', { at: instant(new Date()), name: viewer.name })}
      </footer>
    </>
  );
}
