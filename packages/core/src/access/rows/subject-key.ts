import type { Subject } from '../../grant/grant.ts'

export type SubjectKind = Subject['kind']

const kinds = ['user', 'group', 'connection'] as const satisfies readonly SubjectKind[]

/** A kind of subject and its number, in one number. */
export type SubjectKey = number

export function subjectKey(kind: SubjectKind, number: number): SubjectKey {
  return number * kinds.length + kinds.indexOf(kind)
}

export function kindOf(key: SubjectKey): SubjectKind {
  return kinds[key % kinds.length] as SubjectKind
}

export function numberOf(key: SubjectKey): number {
  return Math.floor(key / kinds.length)
}
