/** Tells whether an error is the named one of the operating system or of PostgreSQL (`ENOENT`, `57P03`). */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
