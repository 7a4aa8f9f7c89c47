/** Where the server listens: the folder of a socket, or 127.0.0.1. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** The name of the server's own superuser, who owns the databases. */
export const superuser = 'postgres'

/** The database that Keyholder lives in. */
export const database = 'keyholder'

/**
 * The address as a connection string.
 *
 * A socket's folder travels as `host`, the way libpq and pg read it, so that replacing the path of the URL is all
 * it takes to name another database of the same server.
 */
export function connectionUrl({ host, port }: Address, secret: string): string {
  return `postgresql://${superuser}:${secret}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}
