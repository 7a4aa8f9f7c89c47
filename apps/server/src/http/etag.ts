/** The ETag of something at this version. */
export function etag(version: number): string {
  return `"${version}"`
}

/** The version that `If-Match` names; nothing where it is not an ETag of ours. */
export function versionIn(ifMatch: string): number | undefined {
  const digits = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}
