import { randomBytes } from 'node:crypto'
import type { BlueprintFile } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** What the deployment as a whole is: there is one in a database. */
export interface Deployment {
  readonly id: string
  readonly blueprint: BlueprintFile
  readonly blueprintHash: string
  /** Seals the positions in lists that leave the server. */
  readonly cursorSecret: Buffer
  readonly createdAt: Date
}

export async function findDeployment(tx: Tx): Promise<Deployment | undefined> {
  const row = await tx.selectFrom('deployment').selectAll().executeTakeFirst()
  return (
    row && {
      id: row.id,
      blueprint: row.blueprint as BlueprintFile,
      blueprintHash: row.blueprint_hash,
      cursorSecret: row.cursor_secret,
      createdAt: row.created_at,
    }
  )
}

/** The deployment as it is; at the very first start it is made, with a secret of its own. */
export async function openDeployment(
  tx: Tx,
  first: Pick<Deployment, 'id' | 'blueprint' | 'blueprintHash'>,
): Promise<Deployment> {
  await sql`
    insert into deployment (id, blueprint, blueprint_hash, cursor_secret)
    values (${first.id}, ${JSON.stringify(first.blueprint)}, ${first.blueprintHash}, ${randomBytes(32)})
        on conflict (only_one) do nothing`.execute(tx)
  const deployment = await findDeployment(tx)
  if (!deployment) throw new Error('the deployment was made and is not there')
  return deployment
}

export async function replaceBlueprint(
  tx: Tx,
  { blueprint, blueprintHash }: Pick<Deployment, 'blueprint' | 'blueprintHash'>,
): Promise<void> {
  await tx
    .updateTable('deployment')
    .set({ blueprint: JSON.stringify(blueprint), blueprint_hash: blueprintHash })
    .execute()
}
