// PostGraphile over one view of the indicators service's database, as one would run it in production: its own HTTP
// server, persisted operations, prepared statements (its default), plain lists instead of connections, the answer
// written as text right away, no explain, no GraphiQL. It checks no token and no posts.
// JavaScript, because the checks of types and style run where its packages are not installed: only the bench does that.
import { createServer } from 'node:http';
import { PersistedPlugin } from '@grafserv/persisted';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { serve } from '../worker.ts';

const CONNECTIONS = 8; // as a service has

let peer;
let server;

serve(
  {
    /** @returns the address */
    async open({ databaseUrl, schema, operations }) {
      peer = postgraphile({
        extends: [PostGraphileAmberPreset],
        plugins: [PersistedPlugin],
        pgServices: [
          makePgService({
            connectionString: databaseUrl,
            schemas: [schema],
            pubsub: false,
            poolConfig: { max: CONNECTIONS },
          }),
        ],
        // Columns of a view may be asked for though no index of the view says that they are quick to find.
        schema: { defaultBehavior: '+list -connection +filterBy +orderBy' },
        grafast: { explain: false },
        grafserv: {
          graphiql: false,
          websockets: false,
          watch: false,
          outputDataAsString: true,
          persistedOperations: operations,
        },
      });
      server = createServer();
      await peer.createServ(grafserv).addTo(server);
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${server.address().port}`;
    },
  },
  async () => {
    server?.closeAllConnections();
    server?.close();
    await peer?.release();
  },
);
