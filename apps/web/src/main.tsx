import { createTheme, MantineProvider } from '@mantine/core';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Guarded, router } from './app.tsx';
import { Loading } from './page/notices.tsx';
import { startSession } from './session/session.ts';
import { startLanguage } from './texts/texts.ts';
import './mantine.css';
import './app.css';

const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9,
  fontFamily: 'inherit',
  autoContrast: true,
});

await startLanguage();
void startSession();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      forceColorScheme="light"
      // The variables and classes stand in mantine.css: the policy of the page allows no style elements.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Guarded>
        <Suspense fallback={<Loading />}>
          <RouterProvider router={router} />
        </Suspense>
      </Guarded>
    </MantineProvider>
  </StrictMode>,
);
