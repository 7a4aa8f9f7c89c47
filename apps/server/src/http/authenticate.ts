import type { IncomingHttpHeaders } from 'node:http'
import type { Browser } from '../session/browser.ts'
import { refuse, succeed, type KeyId, type Result } from '@keyholder/core'
import type { Caller } from './caller.ts'
import type { HttpDeps, KnownKey } from './http-deps.ts'
import { hasKeyInQuery } from './key-in-query.ts'
import { scopeSet } from './scopes.ts'
import { secretHash } from './secret-token.ts'
import { supportHeader, underSupport } from './under-support.ts'

export interface AuthenticationRefusal {
  readonly code:
    | 'key_in_query'
    | 'two_credentials'
    | 'authentication_required'
    | 'key_invalid'
    | 'session_invalid'
    | 'deployment_only'
    | 'person_unknown'
    | 'support_access_invalid'
}

interface Credentials {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly browser: Pick<Browser, 'sessionToken' | 'isBackground'>
}

type Deps = Pick<HttpDeps, 'blueprint' | 'findKey' | 'findPerson' | 'findSupportAccess' | 'openSession'>

const bearer = /^Bearer (kh_[A-Za-z0-9_-]{20,200})$/i

/** Tells of a caller who would be somebody else, or somewhere that they were not let in. */
type TellOfImposter = (caller: Caller, reason: 'deployment_only' | 'support_access_invalid') => Promise<void>

/**
 * The one way in: who sends this request, by an API key or by a session.
 *
 * A caller who would act as somebody else without being allowed to is told of before they are refused.
 */
export async function authenticate(
  deps: Deps,
  credentials: Credentials,
  tellOfImposter: TellOfImposter = async () => {},
): Promise<Result<Caller, AuthenticationRefusal>> {
  const caller = await byCredential(deps, credentials, tellOfImposter)
  const named = credentials.headers[supportHeader]
  if (!caller.ok || named === undefined) return caller

  const isAlone = credentials.headers['keyholder-act-as'] === undefined
  const supporter = isAlone && (await underSupport(deps, caller.value, String(named)))
  if (supporter) return succeed(supporter)
  await tellOfImposter(caller.value, 'support_access_invalid')
  return refuse({ code: 'support_access_invalid' })
}

async function byCredential(
  deps: Deps,
  { url, headers, browser }: Credentials,
  tellOfImposter: TellOfImposter,
): Promise<Result<Caller, AuthenticationRefusal>> {
  if (hasKeyInQuery(url)) return refuse({ code: 'key_in_query' })
  const { sessionToken } = browser
  if (headers.authorization === undefined) {
    return sessionToken === undefined
      ? refuse({ code: 'authentication_required' })
      : bySession(deps, sessionToken, browser.isBackground)
  }
  if (sessionToken !== undefined) return refuse({ code: 'two_credentials' })

  const secret = bearer.exec(headers.authorization)?.[1]
  const key = secret && (await deps.findKey(secretHash(secret)))
  if (!key) return refuse({ code: 'key_invalid' })

  const caller = callerWith(deps, key)
  const name = headers['keyholder-act-as']
  if (name === undefined) return succeed(caller)
  if (caller.kind === 'operator' && caller.opens === 'everything')
    return actAs(deps, caller.key, String(name))
  await tellOfImposter(caller, 'deployment_only')
  return refuse({ code: 'deployment_only' })
}

function callerWith({ blueprint }: Deps, { id, account, scopes, maker }: KnownKey): Caller {
  if (account !== undefined) {
    return { kind: 'key', key: id, account, scopes: scopeSet(blueprint, scopes), maker }
  }
  return { kind: 'operator', key: id, opens: scopes.includes('*') ? 'everything' : 'decisions' }
}

async function bySession(
  deps: Deps,
  token: string,
  isBackground: boolean,
): Promise<Result<Caller, AuthenticationRefusal>> {
  const session = await deps.openSession(token, { counts: !isBackground })
  if (!session) return refuse({ code: 'session_invalid' })
  const { user, home, email } = session
  return succeed({ kind: 'person', user, home, email, session })
}

/** From here on the person's rights count, and no longer the operator's. */
async function actAs(
  deps: Deps,
  through: KeyId,
  name: string,
): Promise<Result<Caller, AuthenticationRefusal>> {
  const person = await deps.findPerson(name)
  if (!person) return refuse({ code: 'person_unknown' })
  return succeed({ kind: 'person', ...person, through })
}
