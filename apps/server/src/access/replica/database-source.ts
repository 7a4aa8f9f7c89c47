import { AccountIndex, type AccountId, type Blueprint } from '@keyholder/core'
import {
  accountHeads,
  changesSince,
  loadFacts,
  transaction,
  type Database,
  type Tx,
} from '@keyholder/storage'
import type { AccessSource } from './access-source.ts'

/** Loading an account with hundreds of thousands of grants is one long statement. */
const loadTimeout = 30_000

/** What a replica reads, each reading in a transaction of its own. */
export function databaseSource(db: Database, blueprint: Blueprint): AccessSource {
  const read = <Value>(work: (tx: Tx) => Promise<Value>, statementTimeout?: number) =>
    transaction(db, 'deployment', work, { readOnly: true, ...(statementTimeout && { statementTimeout }) })

  return {
    heads: (accounts) => read((tx) => accountHeads(tx, accounts)),
    load: (account) => read((tx) => readerIn(tx, blueprint).load(account), loadTimeout),
    changesSince: (account, revision) => read((tx) => changesSince(tx, blueprint, account, revision)),
  }
}

/** The same readings within a transaction that is under way. */
export function readerIn(tx: Tx, blueprint: Blueprint): Pick<AccessSource, 'load' | 'changesSince'> {
  return {
    load: (account) => load(tx, blueprint, account),
    changesSince: (account, revision) => changesSince(tx, blueprint, account, revision),
  }
}

async function load(tx: Tx, blueprint: Blueprint, account: AccountId): Promise<AccountIndex | undefined> {
  const facts = await loadFacts(tx, blueprint, account)
  return facts && AccountIndex.of(blueprint, facts)
}
