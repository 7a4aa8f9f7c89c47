import { refuse } from '@keyholder/core'
import type { Call, Refused } from './call.ts'

/** The ETag of something at this version. */
export function etag(version: number): string {
  return `"${version}"`
}

/** The version that `If-Match` names; nothing where it is not an ETag of ours. */
export function versionIn(ifMatch: string): number | undefined {
  const digits = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The refusal of an edit that was made on another version than the current one. A preview edits nothing. */
export function outdated(
  { conditions }: Pick<Call, 'conditions'>,
  current: number,
): Refused<'version_outdated'> | undefined {
  if (conditions.preview || conditions.version === current) return undefined
  return refuse({ code: 'version_outdated' as const })
}
