import { readFileSync, readdirSync } from 'node:fs'

import { isErrorCode } from './is-error-code.ts'
import { isPostmasterOf } from './postmaster-file.ts'
import { clusterName } from './server-arguments.ts'

/**
 * Ends the processes that a killed server left at work on its data, and that keep the next one from starting.
 *
 * They would end by themselves with their present query, which may take long. They are known by the name in their
 * title, which no other data folder's server has, and by a parent that is not a server. Only Linux tells.
 */
export function endOrphans(data: string): void {
  if (process.platform !== 'linux') return
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    if (titleOf(pid).startsWith(`postgres: ${clusterName(data)}: `) && !isPostmasterOf(data, parentOf(pid))) {
      quit(pid)
    }
  }
}

function quit(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if (!isErrorCode(error, 'ESRCH')) throw error
  }
}

function titleOf(pid: number): string {
  return readProcess(pid, 'cmdline')
}

/** The fourth word; the second is a name in brackets, which may hold spaces and brackets itself. */
function parentOf(pid: number): number {
  const stat = readProcess(pid, 'stat')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function readProcess(pid: number, file: 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ESRCH')) return ''
    throw error
  }
}
