import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { cookiesIn } from './cookies.ts'

/** From where a request comes, as far as it says so. */
export interface Browser {
  readonly sessionToken: string | undefined
  readonly flowToken: string | undefined
  /** For people to recognise a session by; as much of it as helps with that. */
  readonly userAgent: string | undefined
  /** The address of the client, behind proxies that the deployment trusts. */
  readonly address: string
  /** A page that looks by itself whether there is something new; that keeps no session alive. */
  readonly isBackground: boolean
}

export function browserOf({
  headers,
  ip,
  socket,
}: Pick<FastifyRequest, 'headers' | 'ip' | 'socket'>): Browser {
  return {
    ...cookiesIn(headers.cookie),
    userAgent: printable(headers['user-agent'])?.slice(0, 300),
    address: isIP(ip) === 0 ? (socket.remoteAddress ?? 'unknown') : ip,
    isBackground: headers['keyholder-background'] === 'true',
  }
}

function printable(text: string | undefined): string | undefined {
  return text?.replaceAll(/[^\x20-\x7e]/g, '')
}
