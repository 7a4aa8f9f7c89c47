import { oneLine } from '../text/written-by-people.ts'

/** Whom the mails of a deployment come from. */
export interface Sender {
  /** What the readers know the product by. */
  readonly name: string
  readonly address: string
}

const usualName = 'Keyholder'

/** Reads `no-reply@example.com` or `Contoso Access <no-reply@example.com>`; undefined where it is neither. */
export function readSender(text: string): Sender | undefined {
  const [, quoted, named, bare] =
    /^(?:(?:"([^"\\]*)"|([^<>"]*?))\s*<([^<>]*)>|[^<>]*)$/.exec(text.trim()) ?? []
  const address = bare ?? text.trim()
  if (!/^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;\\]+$/.test(address)) return undefined
  return { name: oneLine(quoted ?? named ?? '') || usualName, address }
}

/** Whom they come from where nothing else is said: an address at the host by which people reach the deployment. */
export function usualSender(publicUrl: string): Sender {
  const { hostname } = new URL(publicUrl)
  const isAddress = /^[\d.]+$|^\[/.test(hostname)
  return { name: usualName, address: `no-reply@${isAddress ? 'localhost' : hostname}` }
}
