import type { SMTPTransportOptions } from 'nodemailer'

/** How a mail server is reached. */
export type SmtpOptions = SMTPTransportOptions

/**
 * Reads the address of a mail server, such as `smtps://user:secret@mail.example.com`; undefined where it is none.
 *
 * Beyond this machine mails travel encrypted or not at all: a server that offers no TLS is refused.
 */
export function smtpOptions(url: string): SmtpOptions | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url)
  if (protocol !== 'smtp:' && protocol !== 'smtps:') return undefined
  if (hostname === '' || /^\/?./.test(pathname.slice(1)) || search || hash) return undefined
  const user = decoded(username)
  const pass = decoded(password)
  if (user === undefined || pass === undefined) return undefined

  const isSecure = protocol === 'smtps:'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return {
    host,
    port: port ? Number(port) : isSecure ? 465 : 587,
    secure: isSecure,
    ...(!isSecure && (isLoopback(host) ? { ignoreTLS: true } : { requireTLS: true })),
    ...(user && { auth: { user, pass } }),
    tls: { minVersion: 'TLSv1.2' },
    dnsTimeout: 5_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
