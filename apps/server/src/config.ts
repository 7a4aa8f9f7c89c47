import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { refuse, succeed, type Result } from '@keyholder/core'
import { readMailSettings, type MailSettings } from './outbox/mail-settings.ts'
import { readAllowedPlaces, type AllowedPlaces } from './outgoing/allowed-places.ts'

/** How a node runs; everything comes from the environment. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Where the embedded PostgreSQL and `demo.json` live. */
  readonly dataFolder: string
  /** Left out for the embedded PostgreSQL. */
  readonly databaseUrl?: string | undefined
  /** Without a slash at its end. */
  readonly publicUrl: string
  /** Bytes of a request's body. */
  readonly bodyLimit: number
  /** Addresses and ranges of proxies that are believed about whom they send for; nobody is where left out. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Milliseconds that a stopping node goes on answering while balancers take notice. */
  readonly drainDelay: number
  /** Places inside the operator's network that the server may fetch from. */
  readonly outgoingAllow?: AllowedPlaces | undefined
  readonly mail: MailSettings
}

/** A setting that cannot be used, in one sentence for the operator. */
export interface ConfigFault {
  readonly code: 'setting_unusable'
  readonly setting: string
  readonly sentence: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings; refused with a sentence where one cannot be used as it is. */
export function readConfig(env: Environment): Result<Config, ConfigFault> {
  const listening = readListening(env)
  if (!listening.ok) return listening
  const database = readDatabase(env)
  if (!database.ok) return database
  const network = readNetwork(env)
  if (!network.ok) return network
  const mail = readMailSettings(env, listening.value.publicUrl)
  if (!mail.ok) return fault(mail.refusal.setting, mail.refusal.sentence)
  return succeed({ ...listening.value, ...database.value, ...network.value, mail: mail.value })
}

/** Where it listens and what it takes. */
function readListening(
  env: Environment,
): Result<Pick<Config, 'port' | 'host' | 'publicUrl' | 'bodyLimit' | 'drainDelay'>, ConfigFault> {
  const port = wholeNumber(env.PORT, 4455, 0, 65_535)
  if (port === undefined) return fault('PORT', '`PORT` must be a number from 0 to 65535.')
  const bodyLimit = wholeNumber(env.BODY_LIMIT, 1_048_576, 1_024, 104_857_600)
  if (bodyLimit === undefined)
    return fault('BODY_LIMIT', '`BODY_LIMIT` must be a number of bytes from 1024 to 104857600.')
  const drainDelay = wholeNumber(env.DRAIN_DELAY, env.NODE_ENV === 'production' ? 5_000 : 0, 0, 60_000)
  if (drainDelay === undefined)
    return fault('DRAIN_DELAY', '`DRAIN_DELAY` must be milliseconds from 0 to 60000.')

  const host = env.HOST || '127.0.0.1'
  const publicUrl = originOf(env.PUBLIC_URL || `http://${urlHost(host)}:${port}`)
  if (publicUrl === undefined) {
    return fault(
      'PUBLIC_URL',
      '`PUBLIC_URL` must be an address such as `https://access.example.com`, without a path.',
    )
  }
  return succeed({ port, host, publicUrl, bodyLimit, drainDelay })
}

function readDatabase(env: Environment): Result<Pick<Config, 'databaseUrl' | 'dataFolder'>, ConfigFault> {
  if (env.DATABASE_URL && !/^postgres(?:ql)?:\/\//.test(env.DATABASE_URL)) {
    return fault(
      'DATABASE_URL',
      '`DATABASE_URL` must be an address such as `postgresql://keyholder:secret@localhost/keyholder`.',
    )
  }
  if (!env.DATABASE_URL && !env.KEYHOLDER_DATA && env.NODE_ENV === 'production') {
    return fault(
      'DATABASE_URL',
      'In production Keyholder runs no PostgreSQL of its own unless it is told to: set `DATABASE_URL` to a database of yours, or `KEYHOLDER_DATA` to a folder for one of its own.',
    )
  }
  return succeed({
    databaseUrl: env.DATABASE_URL || undefined,
    dataFolder: env.KEYHOLDER_DATA || './.keyholder',
  })
}

/** Whom it believes, and where it may go by itself. */
function readNetwork(
  env: Environment,
): Result<Pick<Config, 'trustedProxies' | 'outgoingAllow'>, ConfigFault> {
  const trustedProxies = addressesIn(env.TRUSTED_PROXIES)
  if (trustedProxies === undefined) {
    return fault(
      'TRUSTED_PROXIES',
      '`TRUSTED_PROXIES` must be addresses and ranges with commas between, such as `10.0.0.5, 10.20.0.0/16`.',
    )
  }
  const outgoingAllow = readAllowedPlaces(env.OUTGOING_ALLOW ?? '')
  if (outgoingAllow === undefined) {
    return fault(
      'OUTGOING_ALLOW',
      '`OUTGOING_ALLOW` must be host names, addresses and ranges with commas between, such as `idp.internal, 10.20.0.0/16`.',
    )
  }
  return succeed({
    trustedProxies: trustedProxies.length > 0 ? trustedProxies : undefined,
    outgoingAllow: env.OUTGOING_ALLOW ? outgoingAllow : undefined,
  })
}

/** Addresses and ranges in the order in which they stand; nothing where one of them is neither. */
function addressesIn(text = ''): readonly string[] | undefined {
  const places = text.split(',').map((place) => place.trim())
  const named = places.filter((place) => place !== '')
  return named.every((place) => isIP(place) !== 0 || ipaddr.isValidCIDR(place)) ? named : undefined
}

function fault(setting: string, sentence: string) {
  return refuse({ code: 'setting_unusable' as const, setting, sentence })
}

function wholeNumber(
  text: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number | undefined {
  if (!text) return otherwise
  const value = Number(text)
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined
}

/** The address of every interface is no address to visit, and passkeys are of a name and never of an address. */
function urlHost(host: string): string {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** The origin in an address that holds nothing else. */
function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, origin, href } = new URL(text)
  return /^https?:$/.test(protocol) && href === `${origin}/` ? origin : undefined
}
