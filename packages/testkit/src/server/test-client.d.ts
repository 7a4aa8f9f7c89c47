import type { App } from '@keyholder/server'
export interface TestReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The body as it was sent. */
  readonly text: string
  /** The body as JSON; throws where it is none. */
  json<Body = Readonly<Record<string, any>>>(): Body
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
export declare function testClient({ http }: App, headers: Readonly<Record<string, string>>): TestClient
