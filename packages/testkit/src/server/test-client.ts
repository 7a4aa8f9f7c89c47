import type { App } from '@keyholder/server'

export interface TestReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The body as it was sent. */
  readonly text: string
  /** The body as JSON; throws where it is none. */
  json<Body = Readonly<Record<string, any>>>(): Body // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of any form
}

export interface TestRequest {
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends requests as one caller. */
export interface TestClient {
  get(path: string, request?: TestRequest): Promise<TestReply>
  post(path: string, body?: unknown, request?: TestRequest): Promise<TestReply>
  put(path: string, body?: unknown, request?: TestRequest): Promise<TestReply>
  patch(path: string, body?: unknown, request?: TestRequest): Promise<TestReply>
  delete(path: string, request?: TestRequest): Promise<TestReply>
  /** The same caller with more headers. */
  with(headers: Readonly<Record<string, string>>): TestClient
}

/** A client of the real application, without a socket between them. */
export function testClient({ http }: App, headers: Readonly<Record<string, string>>): TestClient {
  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    request: TestRequest,
  ): Promise<TestReply> => {
    const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) }
    const type = request.body === undefined ? {} : { 'content-type': 'application/json' }
    const reply = await http.inject({
      method,
      url: path,
      ...(request.query && { query: { ...request.query } }),
      headers: { ...headers, ...type, ...request.headers },
      ...body,
    })
    return {
      status: reply.statusCode,
      headers: reply.headers as Record<string, string>,
      text: reply.body,
      json: () => JSON.parse(reply.body),
    }
  }
  return {
    get: (path, request = {}) => send('GET', path, request),
    post: (path, body, request = {}) => send('POST', path, { ...request, body }),
    put: (path, body, request = {}) => send('PUT', path, { ...request, body }),
    patch: (path, body, request = {}) => send('PATCH', path, { ...request, body }),
    delete: (path, request = {}) => send('DELETE', path, request),
    with: (more) => testClient({ http } as App, { ...headers, ...more }),
  }
}
