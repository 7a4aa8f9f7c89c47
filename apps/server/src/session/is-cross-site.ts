import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request that changes something was sent by a page of another site.
 *
 * Browsers say from where a page sends (`Origin`, `Sec-Fetch-Site`), and no page can make them say otherwise. A
 * session's cookie without either is not believed; what carries none and comes from no browser is nobody's.
 */
export function isCrossSite(
  headers: IncomingHttpHeaders,
  { publicUrl, hasSession }: { readonly publicUrl: string; readonly hasSession: boolean },
): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin !== undefined && !isOwn(origin, publicUrl)) return true
  if (site !== undefined && site !== 'same-origin') return true
  return hasSession && origin === undefined && site === undefined
}

/** This machine has several names; a page of the same port of it is the same page. */
function isOwn(origin: string, publicUrl: string): boolean {
  return (
    origin === publicUrl ||
    (onLoopback(publicUrl) !== undefined && onLoopback(origin) === onLoopback(publicUrl))
  )
}

/** Everything but the name, where the name is one of this machine's. */
function onLoopback(origin: string): string | undefined {
  const [, scheme, port] = /^(https?):\/\/(?:localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.exec(origin) ?? []
  return scheme && `${scheme}${port ?? ''}`
}
