import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeyPair } from '../saml/key-pair.ts'

const pages = '/usr/share/simplesamlphp/www'

/** Whether Debian's packages `simplesamlphp` and `php-cli` are on this machine. */
export const isInstalled = existsSync(pages) && existsSync('/usr/bin/php')

/** An identity provider that nobody here wrote, on loopback. */
export interface PackagedProvider {
  readonly url: string
  /** Tells it of a service, by the service's own metadata. */
  introduce(metadata: string): Promise<void>
  stop(): Promise<void>
}

const config = `<?php
$here = getenv('TEST_IDP_FOLDER');
$config = [
  'baseurlpath' => getenv('TEST_IDP_URL') . '/',
  'certdir' => "$here/cert/", 'loggingdir' => "$here/log/", 'datadir' => "$here/data/", 'tempdir' => "$here/tmp",
  'metadatadir' => "$here/metadata/", 'logging.handler' => 'file', 'timezone' => 'UTC',
  'secretsalt' => 'of-a-test', 'auth.adminpassword' => 'of-a-test', 'technicalcontact_email' => 'na@example.org',
  'enable.saml20-idp' => true, 'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
  'session.cookie.secure' => false, 'session.cookie.samesite' => null,
  'language.cookie.secure' => false, 'language.cookie.samesite' => null,
  'session.phpsession.savepath' => "$here/sessions", 'store.type' => 'phpsession', 'authproc.idp' => [],
  'metadata.sources' => [['type' => 'flatfile'], ['type' => 'xml', 'file' => "$here/service.xml"]],
];
`

const people = `<?php
$config = ['people' => ['exampleauth:UserPass',
  'ann:her-word' => ['uid' => ['ann'], 'mail' => ['ann@corp.test'], 'displayName' => ['Ann Smith'], 'groups' => ['ops', 'night shift']],
]];
`

const hosted = `<?php
$persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
$metadata[getenv('TEST_IDP_URL') . '/idp'] = [
  'host' => '__DEFAULT__', 'privatekey' => 'idp.pem', 'certificate' => 'idp.crt', 'auth' => 'people',
  'NameIDFormat' => $persistent, 'validate.authnrequest' => true,
  'authproc' => [3 => ['class' => 'saml:AttributeNameID', 'attribute' => 'uid', 'Format' => $persistent]],
];
`

/** Starts SimpleSAMLphp with one person, `ann`, in a folder of its own; it is gone, folder and all, once stopped. */
export async function startPackagedProvider(): Promise<PackagedProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'keyholder-idp-'))
  const url = `http://127.0.0.1:${await freePort()}`
  for (const name of ['config', 'metadata', 'cert', 'log', 'data', 'tmp', 'sessions'])
    await mkdir(join(folder, name))
  const keys = await makeKeyPair('idp.corp.test', new Date())
  const files = {
    'config/config.php': config,
    'config/authsources.php': people,
    'metadata/saml20-idp-hosted.php': hosted,
    'cert/idp.pem': keys.privateKey,
    'cert/idp.crt': keys.certificate,
    'service.xml': '<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>',
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)

  const stopServing = await serve(url, {
    TEST_IDP_FOLDER: folder,
    TEST_IDP_URL: url,
    SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config'),
  })
  return {
    url,
    introduce: (metadata) => writeFile(join(folder, 'service.xml'), metadata),
    stop: async () => {
      await stopServing()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs PHP's own server until it is told to stop; returns once it listens. */
async function serve(url: string, env: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  const php = spawn('/usr/bin/php', ['-S', new URL(url).host, '-t', pages], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => {
    php.once('exit', () => resolve())
  })
  await new Promise<void>((resolve, reject) => {
    php.stderr.on('data', (text: Buffer) => {
      if (text.includes('started')) resolve()
    })
    php.once('exit', () => reject(new Error('PHP did not start')))
  })
  return async () => {
    php.kill()
    await ended
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Somebody's browser at the identity provider: it keeps cookies, follows redirects and fills in forms. */
export class PatientBrowser {
  readonly #cookies = new Map<string, string>()

  /** The page at the end of all redirects. */
  async open(
    url: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<{ readonly url: string; readonly html: string }> {
    const reply = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    const next = reply.headers.get('location')
    return next === null ? { url, html: await reply.text() } : this.open(new URL(next, url).href)
  }
}

/** The hidden fields of the page's form, and where it goes. */
export function formIn(html: string): {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
} {
  const plain = (text = '') =>
    text
      .replaceAll(/&#x([0-9A-F]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
      .replaceAll(/&#([0-9]+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
  const inputs = [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => input)
  return {
    action: plain(/<form[^>]*action="([^"]*)"/.exec(html)?.[1]),
    fields: Object.fromEntries(
      inputs.map((input) => [
        plain(/name="([^"]*)"/.exec(input)?.[1]),
        plain(/value="([^"]*)"/.exec(input)?.[1]),
      ]),
    ),
  }
}
