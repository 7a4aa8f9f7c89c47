import { findDeployment, transaction, type Database, type Deployment } from '@keyholder/storage'
import { UsageError } from '../command.ts'

/** The deployment that the database was made for; refused with a sentence where it holds nothing yet. */
export async function deploymentOf(db: Database): Promise<Deployment> {
  const deployment = await transaction(db, 'deployment', findDeployment, { readOnly: true })
  if (deployment) return deployment
  throw new UsageError('there is nothing in this database yet: import a world, or start Keyholder')
}
