import { refuse, succeed, type Result } from '../result.ts'
import { readCsv } from './read-csv.ts'

/** Somebody to be invited, as a list names them; the names of roles and places are not looked up yet. */
export interface ListedInvitee {
  /** The first line is 1. */
  readonly line: number
  /** As it was typed. */
  readonly email: string
  /** Over the whole account. */
  readonly role?: string | undefined
  readonly organization?: string | undefined
  readonly organizationRole?: string | undefined
  readonly groups?: readonly string[] | undefined
}

export interface InviteeFault {
  readonly code: 'invitation_list_unreadable'
  readonly line: number
  readonly reason:
    | 'empty'
    | 'too_long'
    | 'quote_not_closed'
    | 'unknown_column'
    | 'too_many_fields'
    | 'organization_without_role'
  readonly column?: string | undefined
}

const mostInvitees = 500
const columns = ['email', 'role', 'organization', 'organization_role', 'groups'] as const
type Column = (typeof columns)[number]

/**
 * Reads whom to invite from a pasted list or from CSV.
 *
 * It is CSV where one of the fields in its first line is `email`; else addresses stand in it, between commas,
 * semicolons, spaces or line breaks, also as mail programs write them: `Ann Lee <ann@x.test>`. Whether they are
 * addresses is for `normaliseEmail` to say. At most 500.
 */
export function readInvitees(text: string): Result<readonly ListedInvitee[], InviteeFault> {
  const invitees = isCsv(text) ? fromCsv(text) : succeed(fromPaste(text))
  if (!invitees.ok) return invitees
  if (invitees.value.length === 0) return fault(1, 'empty')
  const beyond = invitees.value[mostInvitees]
  return beyond ? fault(beyond.line, 'too_long') : invitees
}

function isCsv(text: string): boolean {
  const [first = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)
  return first.split(/[,;\t]/).some((field) => columnName(field) === 'email')
}

function columnName(field: string): string {
  return field
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
    .toLowerCase()
}

function fromPaste(text: string): readonly ListedInvitee[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((row, place) =>
      row
        .replaceAll(/"[^"]*"/g, ' ')
        .split(/[,;]/)
        .flatMap(addressesIn)
        .map((email) => ({ line: place + 1, email })),
    )
}

/** The address in angle brackets where there is one, whatever the person is called before it. */
function addressesIn(entry: string): readonly string[] {
  const bracketed = [...entry.matchAll(/<([^<>]*)>/g)].flatMap(([, address]) => address?.trim() ?? [])
  if (bracketed.length > 0) return bracketed
  return entry.split(/\s+/).filter((word) => word !== '')
}

function fromCsv(text: string): Result<readonly ListedInvitee[], InviteeFault> {
  const read = readCsv(text)
  if (!read.ok) return fault(read.refusal.line, 'quote_not_closed')
  const [head, ...rows] = read.value
  const names = (head?.fields ?? []).map(columnName)
  const unknown = names.find((name) => !columns.includes(name as Column))
  if (unknown !== undefined) return fault(1, 'unknown_column', unknown)

  const invitees: ListedInvitee[] = []
  for (const { line, fields } of rows) {
    if (fields.length > names.length) return fault(line, 'too_many_fields')
    const field = (column: Column) => fields[names.indexOf(column)]?.trim() || undefined
    const [organization, organizationRole] = [field('organization'), field('organization_role')]
    if ((organization === undefined) !== (organizationRole === undefined)) {
      return fault(line, 'organization_without_role')
    }
    const groups = field('groups')
      ?.split(';')
      .map((group) => group.trim())
      .filter((group) => group !== '')
    invitees.push({
      line,
      email: field('email') ?? '',
      role: field('role'),
      organization,
      organizationRole,
      groups,
    })
  }
  return succeed(invitees)
}

function fault(line: number, reason: InviteeFault['reason'], column?: string) {
  return refuse({
    code: 'invitation_list_unreadable' as const,
    line,
    reason,
    ...(column !== undefined && { column }),
  })
}
