import { readConfig, type Config } from '@keyholder/server'
import { UsageError } from './command.ts'

/** Options that stand for settings of the environment, where they are given. */
export interface SettingOptions {
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly data?: string | undefined
}

/** The option that every command on the database has. */
export const dataOption = {
  value: 'FOLDER',
  about: 'The data folder; else KEYHOLDER_DATA is taken, else ./.keyholder',
} as const

/** The settings: those of the environment, and before them the options. */
export function settings({ port, host, data }: SettingOptions): Config {
  const config = readConfig({
    ...process.env,
    ...(port !== undefined && { PORT: port }),
    ...(host !== undefined && { HOST: host }),
    ...(data !== undefined && { KEYHOLDER_DATA: data }),
  })
  if (!config.ok) throw new UsageError(config.refusal.sentence)
  return config.value
}
