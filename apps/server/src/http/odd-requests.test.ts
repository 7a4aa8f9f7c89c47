import { connect } from 'node:net'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const { http } = server.app
await http.listen({ port: 0, host: '127.0.0.1' })
const { port } = http.server.address() as { port: number }
const authorization = `Bearer ${server.operatorKey.secret}`

/** Sends bytes as they are, and reads the status and what follows, to the end of the answer or of the connection. */
async function send(text: string): Promise<{ status: number; text: string }> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString('latin1')
    if (isWhole(answer)) socket.destroy()
  })
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return { status: Number(answer.slice(9, 12)), text: answer }
}

function isWhole(answer: string): boolean {
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  const length = /^content-length: (\d+)$/im.exec(head)?.[1]
  return length !== undefined && rest.join('\r\n\r\n').length >= Number(length)
}

function get(target: string, headers: string): string {
  return `GET ${target} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`
}

describe('an address that cannot be', () => {
  test.each([
    ['broken escapes', '/api/v1/accounts/%zz/organizations'],
    ['escapes of no character', '/api/v1/accounts/%ff/organizations'],
    ['a name without end', `/api/v1/accounts/${'a'.repeat(3_000)}/organizations`],
    ['dots', '/api/v1/accounts/../../etc/passwd'],
    ['doubled slashes', '//api//v1//accounts'],
    ['a slash at the end', '/api/v1/accounts/acme/organizations/'],
    ['capitals', '/API/V1/accounts/acme/organizations'],
    ['nothing at all', '/nothing'],
  ])('is not found, as a problem: %s', async (_, url) => {
    const reply = await http.inject({ method: 'GET', url, headers: { authorization } })

    expect(reply.statusCode).toBe(404)
    expect(reply.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': expect.any(String) as string,
    })
    expect(reply.json()).toMatchObject({ code: 'not_found' })
  })
})

describe('what is not HTTP as it should be', () => {
  test.each([
    ['two hosts', get('/healthz', `Host: 127.0.0.1\r\nHost: evil.example`), [400, 421]],
    ['no host', get('/healthz', 'X-A: b'), [400, 421]],
    [
      'the address of another host',
      get('http://evil.example/healthz', 'Host: evil.example'),
      [400, 404, 421],
    ],
    ['headers without end', get('/healthz', `Host: 127.0.0.1\r\nX-A: ${'a'.repeat(70_000)}`), [400]],
    ['another protocol', 'SSH-2.0-OpenSSH_9.0\r\n\r\n', [400]],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      [400],
    ],
    [
      'a length and pieces',
      'POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      [400, 405],
    ],
    ['a line break in a header', get('/healthz', 'Host: 127.0.0.1\r\nX-Request-ID: a\nSet-Cookie: b'), [400]],
  ])('is refused: %s', async (_, text, statuses) => {
    const reply = await send(text)

    expect(statuses).toContain(reply.status)
    expect(reply.text).not.toContain('evil.example')
    expect(reply.text.toLowerCase()).not.toContain('set-cookie')
  })
})
