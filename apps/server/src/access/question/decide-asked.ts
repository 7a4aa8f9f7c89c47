import { allows, explain, type Explanation } from '@keyholder/core'
import type { Passage } from '@keyholder/storage'
import type { Asked } from './asked.ts'
import type { AtLeast } from './at-least.ts'
import { explanationOnTheWire } from './explanation-on-the-wire.ts'
import type { Grounds } from './grounds.ts'
import type { Need } from './need.ts'
import { granted, whyNot, type Reason } from './reasons.ts'
import { withinSight, type Sight } from './within-sight.ts'
import { resolveAsked, type Resolution, type UnknownCode } from './resolve-asked.ts'

/** The answer to a question, with what it was computed at. */
export interface Decided {
  readonly decision: boolean
  readonly reasons: readonly Reason[]
  readonly revision?: string | undefined
  /** Between which accounts the person comes in, where that is what allows it. */
  readonly through?: Passage | undefined
  readonly explanation?: object | undefined
  /** What is wrong with this one question of a batch. */
  readonly error?: { readonly status: number; readonly message: string } | undefined
}

/** Decides a question from memory, or says what is missing there. What is unknown is denied. */
export function decideAsked(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Decided | Need {
  const resolution = resolveAsked(grounds, asked, atLeast)
  if (resolution.kind === 'need') return resolution.need
  const revision = revisionOf(resolution)
  if (resolution.kind === 'unknown') return { decision: false, reasons: [resolution.code], revision }

  const { question, account, home } = resolution
  const decision = allows(grounds.view, question)
  const reasons = decision ? granted : whyNot(grounds.view, question, account, home)
  return { decision, reasons, revision, through: decision ? passageOf(resolution) : undefined }
}

/** Whoever may do something where they are neither at home nor invited comes through a connection from home. */
function passageOf({ account, home, question }: Extract<Resolution, { kind: 'known' }>): Passage | undefined {
  if (home === undefined || account.index?.member(question.user)) return undefined
  return { host: account.id, guest: home.id }
}

/** The same answer with everything there is to say about it; as far as the asker sees, where that is not everything. */
export function explainAsked(
  grounds: Grounds,
  asked: Asked,
  atLeast: AtLeast | undefined,
  sight: Sight | undefined,
): Decided | Need {
  const decided = decideAsked(grounds, asked, atLeast)
  if ('kind' in decided) return decided
  const { blueprint } = grounds.view
  const whole = explanationOf(grounds, asked, atLeast)
  const explanation = sight ? withinSight(whole, sight) : whole
  return { ...decided, explanation: explanationOnTheWire(blueprint, explanation, decided.revision) }
}

function explanationOf(grounds: Grounds, asked: Asked, atLeast: AtLeast | undefined): Explanation {
  const resolution = resolveAsked(grounds, asked, atLeast)
  if (resolution.kind === 'known') return explain(grounds.view, resolution.question, resolution.home?.id)
  const unknown =
    resolution.kind === 'unknown' ? whatIsUnknown[resolution.code](resolution.account) : undefined
  return {
    allowed: false,
    because: [],
    limits: [],
    nearMisses: [],
    smallestChange: undefined,
    revision: undefined,
    unknown,
  }
}

const whatIsUnknown: Readonly<Record<UnknownCode, (account: object | undefined) => Explanation['unknown']>> =
  {
    place_unknown: (account) => (account ? 'organization' : 'account'),
    permission_unknown: () => 'permission',
    subject_unknown: () => 'user',
    subject_ambiguous: () => 'user',
  }

/** The revisions that an answer rests on: of the account, and of the person's home where that is another one. */
function revisionOf(resolution: Exclude<Resolution, { kind: 'need' }>): string | undefined {
  if (resolution.kind === 'unknown' || !resolution.home) return resolution.account?.revision
  return `${resolution.account.revision}, ${resolution.home.revision}`
}
