import type { CustomFetch, FetchBody } from 'openid-client'
import type { OutsideFault } from '../../outgoing/outside-fault.ts'
import type { Outside } from '../../outgoing/outside.ts'

/** The way outside was barred, or led nowhere. */
export class OutsideRefused extends Error {
  override readonly name = 'OutsideRefused'
  readonly fault: OutsideFault['code']

  constructor(fault: OutsideFault['code']) {
    super(fault)
    this.fault = fault
  }
}

/** The guarded way outside in the form that the protocol's library asks for. */
export function outsideFetch(outside: Outside): CustomFetch {
  return async (url, { method, headers, body }) => {
    const answer = await outside.ask(url, {
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      ...(body ? { body: textOf(body) } : {}),
    })
    if (!answer.ok) throw new OutsideRefused(answer.refusal.code)

    const { status, body: bytes } = answer.value
    if (status < 200 || status > 599) throw new OutsideRefused('outside_answer_unreadable')
    return new Response(bytes.byteLength > 0 ? bytes : null, { status, headers: answer.value.headers })
  }
}

/** A form is all that the protocol sends. */
function textOf(body: FetchBody): string {
  if (body instanceof URLSearchParams || typeof body === 'string') return body.toString()
  throw new TypeError('The body of a request to a provider is a form.')
}
