import { KeyFault } from './key-refused.ts'

/** Base64url without padding, in its one right spelling. */
export function isBase64Url(text: unknown): text is string {
  return (
    typeof text === 'string' && text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text
  )
}

/**
 * Refuses what was signed inside another site's page: the library looks at `topOrigin` when somebody signs in, and at
 * neither when a key is added. Type, challenge and origin are the library's to check.
 */
export function refuseFramed(clientDataJSON: string): void {
  const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
  if (typeof data !== 'object' || data === null) throw new KeyFault('The client data is no object.')
  const { crossOrigin, topOrigin } = data as Readonly<Record<string, unknown>>
  if (crossOrigin !== undefined && crossOrigin !== false)
    throw new KeyFault('It was signed in a framed page.')
  if (topOrigin !== undefined) throw new KeyFault('It was signed below another page.')
}
