import { findSignIn, findUser, type OneTimeToken, type Tx, type User } from '@keyholder/storage'

/** Whose link it is, unless they may nothing any more. */
export async function ownerOfLink(tx: Tx, { user }: OneTimeToken): Promise<User | undefined> {
  const found = await findSignIn(tx, { user })
  return found?.isActive ? findUser(tx, user) : undefined
}
