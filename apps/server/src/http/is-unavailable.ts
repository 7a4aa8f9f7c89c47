/** Network faults, and the classes of SQLSTATE in which the server cannot work at the moment. */
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
])
const sqlState = /^(?:08|53|57|58|28)|^(?:25006|55P03)$/

/** Whether an error says that the database cannot be reached or cannot serve, rather than that we are wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'DatabaseUnavailable') return true
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string' && (network.has(code) || (code.length === 5 && sqlState.test(code))))
    return true
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
}
