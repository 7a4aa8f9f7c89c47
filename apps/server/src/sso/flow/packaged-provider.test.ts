import type { SsoConnectionId } from '@keyholder/core'
import { carryingSession, publicUrl, startTestServer, type TestServer } from '@keyholder/testkit/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { comeBack, goAway, pathOf } from './saml-journey.fixture.ts'
import {
  formIn,
  isInstalled,
  PatientBrowser,
  startPackagedProvider,
  type PackagedProvider,
} from './simplesamlphp.fixture.ts'

const where = 'SimpleSAMLphp; skipped where Debian’s packages `simplesamlphp` and `php-cli` are not installed'

describe.runIf(isInstalled)(`with an identity provider that nobody here wrote (${where})`, async () => {
  // Skipped tests are still gathered, and a server for none would be in vain.
  const server = isInstalled ? await startTestServer() : none()
  const { browser } = server
  let idp: PackagedProvider
  let connection: SsoConnectionId

  beforeAll(async () => {
    idp = await startPackagedProvider()
    connection = await connect(idp)
    await idp.introduce((await server.anonymous.get(`/sso/${connection}/metadata`)).text)
  })
  afterAll(() => idp.stop())

  test('somebody signs in there with a password, and is signed in here', async () => {
    const away = await goAway(browser, connection, { return_to: '/accounts/acme' })
    const { form, page } = await signInThere(away.url.href)
    const back = await comeBack(server, away, form.fields)

    expect(page).toContain('Enter your username and password')
    expect(form.action).toBe(`${publicUrl}/sso/${connection}/acs`)
    expect(pathOf(back)).toBe('/accounts/acme')
    const client = carryingSession(server.app, back)
    expect((await client.get('/api/v1/session')).json()).toMatchObject({
      user: { email: 'ann@corp.test', name: 'Ann Smith' },
      first_factor: 'sso',
    })
  })

  test('and so is the same person the next time', async () => {
    const away = await goAway(browser, connection)
    const back = await comeBack(server, away, (await signInThere(away.url.href)).form.fields)

    expect((await carryingSession(server.app, back).get('/api/v1/session')).json()).toMatchObject({
      user: { email: 'ann@corp.test' },
    })
  })

  test('it answers nothing to a request that was changed on its way', async () => {
    const away = await goAway(browser, connection)
    const changed = away.url.href.replace(/RelayState=[^&]*/, 'RelayState=_changed')
    const { html } = await new PatientBrowser().open(changed)

    expect(html).not.toContain('Enter your username and password')
  })

  /** Sets the connection up as an administrator does, by the provider's own metadata. */
  async function connect({ url }: PackagedProvider): Promise<SsoConnectionId> {
    const [ada, base] = [server.as('ada'), '/api/v1/accounts/acme']
    const metadata = await (await fetch(`${url}/saml2/idp/metadata.php`)).text()
    const wanted = { name: 'SimpleSAMLphp', default_role: 'viewer', provider: { kind: 'saml', metadata } }
    const made = (await ada.post(`${base}/sso-connections`, wanted)).json<{ id: SsoConnectionId }>()
    await ada.put(`${base}/sso-connections/${made.id}/status`, { status: 'active' })
    await ada.post(`${base}/sso-domains`, { domain: 'corp.test' })
    await server.operator.put(`${base}/sso-domains/corp.test/proof`, { proven: true })
    return made.id
  }
})

/** Stands in the place of a server that no test looks at. */
function none(): TestServer {
  return {} as TestServer
}

async function signInThere(url: string) {
  const ann = new PatientBrowser()
  const page = await ann.open(url)
  const login = formIn(page.html)
  const fields = { ...login.fields, username: 'ann', password: 'her-word' }
  const answered = await ann.open(new URL(login.action, page.url).href, fields)
  return { page: page.html, form: formIn(answered.html) }
}
