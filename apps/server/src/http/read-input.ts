import { z } from 'zod'
import type { FastifyRequest } from 'fastify'
import { refuse, succeed, type Result } from '@keyholder/core'
import type { Endpoint } from '@keyholder/contract'
import { validate, type FieldFault, type Invalid } from './validate.ts'
import { isWellFormed } from './well-formed.ts'

export interface Input {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly preview: boolean
}

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** Makes the function that reads what an endpoint takes, and names every fault in what it does not take. */
export function inputReader(endpoint: Endpoint): (request: FastifyRequest) => Result<Input, Invalid> {
  const declared = endpoint.query ?? z.strictObject({})
  const querySchema = endpoint.changesAccess ? declared.extend({ preview: flag.default(false) }) : declared
  const bodySchema = endpoint.body ?? z.undefined('This endpoint takes no body')

  return (request) => {
    const params = request.params as Readonly<Record<string, string>>
    const illFormed = faultsOfForm({ path: params, query: request.query, body: request.body })
    if (illFormed.length > 0) return refuse({ code: 'request_invalid', errors: illFormed })

    const query = validate(querySchema, 'query', request.query)
    const body = validate(bodySchema, 'body', request.body ?? undefined)
    const errors = [query, body].flatMap((part) => (part.ok ? [] : part.refusal.errors))
    if (!query.ok || !body.ok) return refuse({ code: 'request_invalid', errors })

    const { preview = false, ...rest } = query.value as { preview?: boolean }
    return succeed({ params, query: rest, body: body.value, preview })
  }
}

function faultsOfForm(parts: Partial<Record<FieldFault['in'], unknown>>): FieldFault[] {
  return Object.entries(parts)
    .filter(([, value]) => !isWellFormed(value))
    .map(([part]) => ({
      in: part as FieldFault['in'],
      pointer: '',
      detail: 'Somewhere in it is a NUL character, broken Unicode, or nesting deeper than 32',
    }))
}
