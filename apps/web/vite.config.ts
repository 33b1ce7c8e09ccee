import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Where the gateway listens while the pages are served by `vite` for development. */
const gateway = process.env['LOKMIN_GATEWAY'] ?? 'http://127.0.0.1:4000';

/** Lays a compressed copy beside each file, once, so that nothing is compressed anew for each visitor. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }) {
    for (const file of globSync('**/*.{html,js,css}', { cwd: dir })) {
      const content = readFileSync(join(dir, file));
      writeFileSync(join(dir, `${file}.br`), brotliCompressSync(content));
      writeFileSync(join(dir, `${file}.gz`), gzipSync(content));
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  resolve: { conditions: ['@lokmin/source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // Nothing is inlined as a data address, so that the page works under `script-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/graphql': gateway, '/files': gateway } },
});
