import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface Running {
  readonly stop: () => Promise<void>
}

export interface Child {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What it says once it takes requests. */
  readonly saysReady: RegExp
}

const longestStart = 60_000

/** Starts a server in a process of its own and waits until it says that it is ready. */
export async function startChild({ command, args, env, saysReady }: Child): Promise<Running> {
  const child = spawn(command, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await ready(child, saysReady, command)
  return {
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function ready(child: ChildProcess, saysReady: RegExp, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${name} did not start in time:\n${said}`))
    }, longestStart)
    const settle = (then: () => void) => {
      clearTimeout(timer)
      then()
    }
    const listen = (piece: Buffer) => {
      said = (said + piece.toString()).slice(-20_000)
      if (saysReady.test(said)) settle(resolve)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('error', (error) => settle(() => reject(error)))
    child.on('exit', () => settle(() => reject(new Error(`${name} ended:\n${said}`))))
  })
}
