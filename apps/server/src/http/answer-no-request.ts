import type { Socket } from 'node:net'
import { problems } from '@keyholder/contract'

const { title, detail } = problems.request_malformed
const body = JSON.stringify({ type: 'about:blank', title, status: 400, code: 'request_malformed', detail })
const answer = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: application/problem+json; charset=utf-8',
  `Content-Length: ${Buffer.byteLength(body)}`,
  'Cache-Control: no-store',
  'Connection: close',
  '',
  body,
].join('\r\n')

/** Answers what is not even HTTP, and lets go of the connection. */
export function answerNoRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) socket.write(answer)
  socket.destroy(error)
}
