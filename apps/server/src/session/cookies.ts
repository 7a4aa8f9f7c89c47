import { parseCookie, stringifySetCookie } from 'cookie'

/** With `__Host-`, browsers take it from this very host over a secure line alone, so no sibling can plant one. */
const sessionCookieName = '__Host-keyholder'

/** Ties an errand that leaves for another site and comes back, as single sign-on, to the browser it began in. */
const flowCookieName = '__Host-keyholder-flow'

/** Lax: it comes along when somebody follows a link, and never with what another site sends by itself. */
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const

/** The header that gives a browser its session; it lasts until the browser closes or the session ends. */
export function sessionCookie(token: string): string {
  return stringifySetCookie({ name: sessionCookieName, value: token, ...attributes })
}

export function noSessionCookie(): string {
  return stringifySetCookie({ name: sessionCookieName, value: '', maxAge: 0, ...attributes })
}

/** Lasts as long as an errand may take, in seconds. */
export function flowCookie(secret: string, maxAge: number): string {
  return stringifySetCookie({ name: flowCookieName, value: secret, maxAge, ...attributes })
}

export function noFlowCookie(): string {
  return flowCookie('', 0)
}

/** The cookies of ours that a request carries; anything of another form is none. */
export function cookiesIn(header: string | undefined): {
  readonly sessionToken: string | undefined
  readonly flowToken: string | undefined
} {
  const cookies = parseCookie(header ?? '')
  return {
    sessionToken: ofForm(cookies[sessionCookieName], /^khs_[A-Za-z0-9_-]{43}$/),
    flowToken: ofForm(cookies[flowCookieName], /^[A-Za-z0-9_-]{20,200}$/),
  }
}

function ofForm(value: string | undefined, form: RegExp): string | undefined {
  return value !== undefined && form.test(value) ? value : undefined
}
