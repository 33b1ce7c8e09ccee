import { randomUUID } from 'node:crypto';

/** The answer of a GraphQL server as it stands on the wire. */
export interface Answer<Data> {
  data: Data | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

/** A person at the GraphQL door, with nothing but `fetch`. */
export class Person {
  #token: string | undefined;
  #cookie = '';

  private constructor(
    readonly address: string,
    readonly login: string,
  ) {}

  static anonymous(address: string): Person {
    return new Person(address, '');
  }

  static async signIn(address: string, login: string, password: string): Promise<Person> {
    const person = new Person(address, login);
    const { signIn } = await person.ask<{ signIn: { __typename: string; accessToken: string } }>(
      `mutation ($login: String!, $password: String!) {
         signIn(login: $login, password: $password) { __typename ... on Session { accessToken } ... on Refusal { code } }
       }`,
      { login, password },
    );
    if (signIn.__typename !== 'Session')
      throw new Error(`${login} could not sign in: ${JSON.stringify(signIn)}`);
    person.#token = signIn.accessToken;
    return person;
  }

  /** A program, by the login and a secret of a service account. */
  static async signInService(address: string, login: string, secret: string): Promise<Person> {
    const program = new Person(address, login);
    const { signInService } = await program.ask<{
      signInService: { __typename: string; accessToken: string };
    }>(
      `mutation ($login: String!, $secret: String!) {
         signInService(login: $login, secret: $secret) { __typename ... on ServiceSession { accessToken } ... on Refusal { code } }
       }`,
      { login, secret },
    );
    if (signInService.__typename !== 'ServiceSession')
      throw new Error(`${login} could not sign in: ${JSON.stringify(signInService)}`);
    program.#token = signInService.accessToken;
    return program;
  }

  /** A guest, by the secret of a link. */
  static async openGuestLink(address: string, secret: string): Promise<Person> {
    const guest = new Person(address, 'tamu');
    const { openGuestLink } = await guest.ask<{
      openGuestLink: { __typename: string; accessToken: string };
    }>(
      `mutation ($secret: String!) {
         openGuestLink(secret: $secret) { __typename ... on GuestSession { accessToken } ... on Refusal { code } }
       }`,
      { secret },
    );
    if (openGuestLink.__typename !== 'GuestSession')
      throw new Error(`The link does not open: ${JSON.stringify(openGuestLink)}`);
    guest.#token = openGuestLink.accessToken;
    return guest;
  }

  get token(): string | undefined {
    return this.#token;
  }

  /** The cookies that the server set, as a browser would send them back. */
  get cookie(): string {
    return this.#cookie;
  }

  async post<Data>(
    query: string,
    variables: Record<string, unknown> = {},
    token = this.#token,
  ): Promise<Answer<Data>> {
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    const set = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]!);
    if (set.length > 0) this.#cookie = set.join('; ');
    return (await response.json()) as Answer<Data>;
  }

  /** @throws Error with everything that the server said when there is an error */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.post<Data>(query, variables);
    if (errors || !data) throw new Error(`GraphQL said: ${JSON.stringify(errors)}`);
    return data;
  }

  /** Runs a mutation `name(input: ...)` with a command id of its own, asking for `fields` of its result. */
  async command<Result = { __typename: string; code?: string }>(
    name: string,
    input: Record<string, unknown>,
    fields: string,
    commandId: string = randomUUID(),
  ): Promise<Result> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const data = await this.ask<Record<string, Result>>(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Refusal { code field message { id en } } ${fields} } }`,
      { input: { commandId, ...input } },
    );
    return data[name]!;
  }
}

/** Follows a subscription over SSE and gathers what it says. */
export async function follow(
  person: Pick<Person, 'address' | 'token'>,
  query: string,
  signal: AbortSignal,
): Promise<{ readonly events: Record<string, Record<string, unknown>>[] }> {
  const response = await fetch(`${person.address}/graphql/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${person.token}`,
    },
    body: JSON.stringify({ query }),
    signal,
  });
  if (!response.ok)
    throw new Error(`The subscription was refused: ${response.status} ${await response.text()}`);
  const events: Record<string, Record<string, unknown>>[] = [];
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      rest += chunk;
      const blocks = rest.split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const data = /^data: ?(.+)$/m.exec(block)?.[1];
        if (/^event: ?next$/m.test(block) && data)
          events.push((JSON.parse(data) as { data: Record<string, Record<string, unknown>> }).data);
      }
    }
  };
  read().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return { events };
}
