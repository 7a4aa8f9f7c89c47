import type { TestClient, TestReply } from '../server/test-client.ts'
import type { Operation } from './operations.ts'
import type { SampledRequest } from './sample-request.ts'

/** The address of a request, without its query. */
export function addressOf({ path }: Operation, { params }: SampledRequest): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

/** Sends a request as it is. */
export function send(
  client: TestClient,
  operation: Operation,
  request: SampledRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestReply> {
  const address = addressOf(operation, request)
  const { query } = request
  const body: unknown = typeof request.body === 'function' ? (request.body as () => unknown)() : request.body
  switch (operation.method) {
    case 'GET':
      return client.get(address, { query, headers })
    case 'DELETE':
      return client.delete(address, { query, headers, ...(body !== undefined && { body }) })
    case 'POST':
      return client.post(address, body, { query, headers })
    case 'PUT':
      return client.put(address, body, { query, headers })
    case 'PATCH':
      return client.patch(address, body, { query, headers })
  }
}

/**
 * `If-Match` with the version of what the request is about, where the operation demands one: of its own address, or
 * of the nearest one above it that has a version.
 */
export async function currentVersion(
  client: TestClient,
  operation: Operation,
  request: SampledRequest,
): Promise<Readonly<Record<string, string>>> {
  if (!operation.parameters.some(({ name }) => name === 'If-Match')) return {}
  const steps = addressOf(operation, request).split('/')
  for (let length = steps.length; length > 4; length--) {
    const { headers } = await client.get(steps.slice(0, length).join('/'))
    if (headers.etag !== undefined) return { 'if-match': headers.etag }
  }
  return { 'if-match': '"1"' }
}
