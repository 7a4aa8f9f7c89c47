/** How much of everything a generated world has. */
export interface Size {
  readonly organizations: number
  readonly users: number
  readonly groups: number
  readonly customRoles: number
  /** Grants over one organization that each user is given directly, on average. */
  readonly grantsPerUser: number
  /** Accounts that are let in, each with its own people. */
  readonly guests: number
  readonly usersPerGuest: number
}

/** What the tables are measured on: about 45 thousand granted pairs of a user and an organization. */
export const tableSize: Size = {
  organizations: 200,
  users: 2_000,
  groups: 20,
  customRoles: 12,
  grantsPerUser: 18,
  guests: 3,
  usersPerGuest: 60,
}
