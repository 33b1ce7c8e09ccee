import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Where the gateway listens while the pages are served by `vite` for development. */
const gateway = process.env['LOKMIN_GATEWAY'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['@lokmin/source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // Nothing is inlined as a data address, so that the page works under `script-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/graphql': gateway, '/files': gateway } },
});
