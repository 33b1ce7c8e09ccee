import { existsSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { Log } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';

/** Files of the build whose names carry a hash of their content. */
const HASHED = /^\/assets\//;
/** Files lie at the top or among the assets; `/kabupaten/19.06` is a page, in spite of its point. */
export const isFile = (pathname: string): boolean => /^\/(assets\/.+|[^/]+\.\w+)$/.test(pathname);
const DOORS = /^\/(graphql|files|health)(\/|$)/;

/**
 * The browser application: its files, and its page for every address that is none of the doors and no file.
 */
export function openPages(server: FastifyInstance, root: string, log: Log): void {
  if (!existsSync(join(root, 'index.html'))) {
    // The API is of use without pages: scripts and operators do not wait for a build of the browser application.
    log.error(
      { root },
      'LOKMIN_WEB_ROOT has no index.html, so there are no pages: build the browser application',
    );
    return;
  }
  void server.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // Whether the address has HTTPS is for the proxy in front to say.
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'same-origin' },
    });
    await scope.register(fastifyStatic, { root, serve: false, cacheControl: false, preCompressed: true });
    scope.get('/*', (request, reply) => {
      const { pathname } = new URL(request.url, 'http://here');
      if (DOORS.test(pathname)) return reply.callNotFound();
      if (!isFile(pathname)) return reply.header('cache-control', 'no-cache').sendFile('index.html');
      const caching = HASHED.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache';
      return reply.header('cache-control', caching).sendFile(decodeURIComponent(pathname.slice(1)));
    });
  });
}
