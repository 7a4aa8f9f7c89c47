import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { refuse, succeed, type Result } from '@keyholder/core'
import type { Endpoint } from '@keyholder/contract'
import type { Conditions, Refused } from './call.ts'
import { versionIn } from './etag.ts'
import type { Invalid } from './validate.ts'

/** Reads the headers that say how a request is carried out; those that the endpoint does not take have no effect. */
export function readConditions(
  endpoint: Endpoint,
  request: FastifyRequest,
  preview: boolean,
): Result<Conditions, Invalid | Refused['refusal']> {
  const version = endpoint.edits && !preview ? readVersion(header(request, 'if-match')) : succeed(undefined)
  if (!version.ok) return version

  const key = endpoint.creates ? header(request, 'idempotency-key') : undefined
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) return invalidHeader('Idempotency-Key')

  return succeed({
    preview,
    previewed: endpoint.changesAccess ? header(request, 'keyholder-preview') : undefined,
    version: version.value,
    idempotencyKey: key,
    requestHash: hashOf(endpoint, request),
  })
}

function readVersion(ifMatch: string | undefined): Result<number, Refused['refusal']> {
  if (ifMatch === undefined) return refuse({ code: 'version_required' })
  const version = versionIn(ifMatch)
  return version === undefined ? refuse({ code: 'version_outdated' }) : succeed(version)
}

function invalidHeader(name: string) {
  const detail = 'must be 1–200 visible ASCII characters'
  return refuse({
    code: 'request_invalid' as const,
    errors: [{ in: 'header' as const, pointer: `/${name}`, detail }],
  })
}

/** What makes two requests the same request: the endpoint, the place, the person and the content. */
function hashOf({ id }: Endpoint, request: FastifyRequest): string {
  const content = JSON.stringify([id, request.params, header(request, 'keyholder-act-as'), request.body])
  return createHash('sha256').update(content).digest('hex')
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}
