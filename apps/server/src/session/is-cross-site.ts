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
  if (origin !== undefined && origin !== publicUrl) return true
  if (site !== undefined && site !== 'same-origin') return true
  return hasSession && origin === undefined && site === undefined
}
