import type { Blueprint } from '@keyholder/core'

/** A question as it came in: what it names is not looked up yet. */
export interface Asked {
  readonly subject: Named
  readonly permission: string
  /** An account by id or slug. */
  readonly account?: string | undefined
  /** An organization by id, by key within the account, or as `account/organization`. */
  readonly organization?: string | undefined
  /** An organization of the account, if there is one that is called so; else the whole account is asked about. */
  readonly perhaps?: string | undefined
  readonly owner?: string | undefined
}

export interface Named {
  readonly type: string
  readonly id: string
}

/** The part of an AuthZEN resource that says where it is and whose. */
export interface AskedResource extends Named {
  readonly properties?:
    | {
        readonly organization?: string | undefined
        readonly account?: string | undefined
        readonly owner?: string | undefined
      }
    | undefined
}

/** In place of an id: none in particular. */
export const none = '*'

/**
 * Reads a question in the form of AuthZEN.
 *
 * An action on a resource type is the permission `type.action`. On an organization or an account the action may also
 * be a whole permission, because that is what a search for organizations answers.
 */
export function readAsked(
  blueprint: Blueprint,
  {
    subject,
    action,
    resource,
  }: { subject: Named; action: { readonly name: string }; resource: AskedResource },
): Asked {
  const permission = permissionOf(resource.type, action.name)
  const { account, organization, perhaps } = placeOf(blueprint, permission, resource)
  return { subject, permission, account, organization, perhaps, owner: resource.properties?.owner }
}

function permissionOf(type: string, action: string): string {
  const isWhole = isPlace(type) && action.includes('.')
  return isWhole ? action : `${type}.${action}`
}

function isPlace(type: string): boolean {
  return type === 'organization' || type === 'account'
}

/** A place that the properties name goes before one that the resource itself is. */
function placeOf(
  blueprint: Blueprint,
  permission: string,
  { type, id, properties }: AskedResource,
): Pick<Asked, 'account' | 'organization' | 'perhaps'> {
  const account = properties?.account
  const organization = properties?.organization
  if (id === none || organization !== undefined || !isPlace(type)) return { account, organization }
  if (type === 'account') return { account: account ?? id }
  if (account === undefined || id.includes('/')) return { account, organization: id }
  return blueprint.permission.get(permission)?.level === 'account' ? { account } : { account, perhaps: id }
}
