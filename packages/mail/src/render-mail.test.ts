import { languages } from '@keyholder/core'
import { naughtyStrings } from '@keyholder/testkit/mail'
import { describe, expect, test } from 'vitest'
import { readMessage, type Message } from './message.ts'
import { everyMessage } from './messages.fixture.ts'
import { renderMail } from './render-mail.tsx'
import { textsIn } from './text/texts.ts'

const origin = { publicUrl: 'https://access.example.com', product: 'Keyholder' }
const render = (message: Message) => renderMail(message, origin)

/** The line that a list of mails shows, which is in the mail itself already. */
const preview = /<div[^>]*display:none.*?<\/div>(?:<\/div>)?(?=<table)/s

/** The words of a page, as somebody reads them who sees no markup. */
function wordsOf(html: string): string {
  const body = html
    .slice(html.indexOf('</head>'))
    .replace(preview, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
  return body.replace(/&(#?\w+);/g, (_, name: string) => entities[name] ?? '')
}

/** Letters and digits only: how the parts are set off is a matter of form. */
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '')
const tagsOf = (html: string) =>
  html
    .replace(/<!--.*?-->/gs, '')
    .match(/<\/?[a-z][a-z0-9]*/g)
    ?.filter((tag) => tag !== '<br')

const cases = languages.flatMap((language) =>
  everyMessage(language).map((message, place) => ({ language, place, name: message.template, message })),
)

describe.each(cases)('$name ($place) in $language', ({ language, message }) => {
  const mail = render(message)

  test('is a message that the outbox keeps as it is', () => {
    expect(readMessage(JSON.parse(JSON.stringify(message)))).toEqual(message)
  })

  test('leaves no slot open, and nothing undefined', () => {
    const all = [mail.subject, mail.senderName, mail.text].join('\n')

    expect(all).not.toMatch(/[{}]|undefined|null|\[object|NaN|Invalid/)
    expect([mail.subject, mail.senderName].every((line) => /^[^\n]+$/.test(line))).toBe(true)
  })

  test('says the same as text and as HTML', () => {
    const { links } = mail
    const html = lettersOf(wordsOf(mail.html.replace(textsIn(language).buttonFails, '')))

    expect(html).toContain(lettersOf(mail.text.replace(/\n-- \n/, '\n')))
    expect(links.filter((link) => !mail.text.includes(link) || !mail.html.includes(`>${link}<`))).toEqual([])
  })

  test('loads nothing and follows nobody', () => {
    const addresses = mail.html.match(/https?:\/\/[^"<\s)]+/g) ?? []

    expect(mail.html).not.toMatch(/<(img|script|link|iframe|object|form)\b|\bsrc=|url\(|@import|@font-face/)
    expect(addresses.filter((address) => !address.startsWith(`${origin.publicUrl}/`))).toEqual([])
    expect(mail.html).toContain(`lang="${language}"`)
  })
})

describe('what people wrote', () => {
  const kinds = [...new Map(everyMessage('en').map((message) => [message.template, message])).values()]
  const skeletons = kinds.map((message) => [
    tagsOf(render(withEvery(message, 'x')).html),
    tagsOf(render(withEvery(message, '')).html),
  ])

  test.each(naughtyStrings.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))(
    'is letters and nothing else: %s',
    (_, text) => {
      for (const [place, message] of kinds.entries()) {
        const mail = render(withEvery(message, text))

        expect(skeletons[place]).toContainEqual(tagsOf(mail.html))
        expect(mail.subject + mail.senderName).not.toMatch(acting)
        expect(mail.text.replaceAll('\n', '')).not.toMatch(acting)
        expect(
          mail.html
            .replace(/<style>.*?<\/style>/s, '')
            .replace(preview, '')
            .replaceAll('\n', ''),
        ).not.toMatch(acting)
      }
    },
  )

  test.each([
    ['</script><script>alert(1)</script>', '</script><script>alert(1)</script>'],
    ['Acme\r\nBcc: everybody@x.example', 'Acme Bcc: everybody@x.example'],
    ['\u202Egnp.exe\u202C', 'gnp.exe'],
    ['\u001b[31mred\u0007', '[31mred'],
    ['{inviter} {{7*7}} ${7*7}', '{inviter} {{7*7}} ${7*7}'],
    ['שלום', 'שלום'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
  ])('keeps its letters and loses what acts: %j', (written, kept) => {
    const [invitation] = everyMessage('en')
    const mail = render({ ...invitation, account: { slug: 'acme', name: written }, subject: null } as Message)

    expect(mail.subject).toBe(`Invitation to join ${kept} by Frida Berg`)
    expect(mail.text).toContain(`Join ${kept}\n`)
  })

  test('keeps its lines where it is a text of its own', () => {
    const [invitation] = everyMessage('en')
    const mail = render({ ...invitation, body: 'One\r\n\r\n<b>two</b>\rthree' } as Message)

    expect(mail.text).toContain('> One\n>\n> <b>two</b>\n> three\n')
    expect(mail.html).toContain('One<br/><br/>&lt;b&gt;two&lt;/b&gt;<br/>three')
  })
})

/** What ends a line, turns text around or drives a terminal. */
// oxlint-disable-next-line no-control-regex -- these are what must not be there
const acting = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\u061C\u200E\u200F]|\p{Surrogate}/u

/** A message with this text in the place of everything that people write. */
function withEvery(message: Message, text: string): Message {
  const kept = new Set(['template', 'language', 'token', 'invitation', 'connection', 'request'])
  const replaced = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => replaced(item, name))
    if (typeof value === 'object' && value) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, key)]))
    }
    return isWritten(value, name) ? text : value
  }
  const isWritten = (value: unknown, name: string) =>
    typeof value === 'string' &&
    !kept.has(name) &&
    !/^\d{4}-|^(home|external|asked|done)$/.test(value) &&
    !closed.has(name)
  const closed = new Set(['kind', 'offer', 'change', 'method', 'ended_by'])
  return replaced(message, '') as Message
}

describe('the subject of an invitation', () => {
  const [invitation] = everyMessage('en') as [Message]
  const invited = (change: object) => render({ ...invitation, ...change })

  test.each([
    ['en', 'Invitation to join Contoso by Frida Berg', 'Invitation to join Contoso'],
    ['de', 'Einladung zu Contoso von Frida Berg', 'Einladung zu Contoso'],
    ['fr', 'Invitation à rejoindre Contoso de la part de Frida Berg', 'Invitation à rejoindre Contoso'],
    ['es', 'Invitación de Frida Berg para unirse a Contoso', 'Invitación para unirse a Contoso'],
    ['pt-BR', 'Convite de Frida Berg para participar de Contoso', 'Convite para participar de Contoso'],
    ['ja', 'Frida Berg さんから Contoso への招待', 'Contoso への招待'],
  ])('in %s names the account, and the inviter where they are shown', (language, by, plain) => {
    expect(invited({ language }).subject).toBe(by)
    expect(invited({ language, inviter: null }).subject).toBe(plain)
    expect(invited({ language, subject: 'Come and see' }).subject).toBe('Come and see')
  })

  test('comes from the inviter where they are shown, and else from the account', () => {
    expect(invited({}).senderName).toBe('Frida Berg')
    expect(invited({ inviter: { name: null, email: 'f@x.example' } }).senderName).toBe('f@x.example')
    expect(invited({ inviter: null }).senderName).toBe('Contoso')
  })

  test('tells nothing of an inviter who is hidden', () => {
    const { text, html, subject, senderName } = invited({ inviter: null })

    expect([text, html, subject, senderName].join()).not.toMatch(/frida/i)
  })
})

describe('the link', () => {
  const linksOf = (template: string) =>
    everyMessage('en')
      .filter((message) => message.template === template)
      .map((message) => render(message).links)[0]

  test.each([
    ['invitation', '/invitation#khi_a-token-of-letters'],
    ['connection_offer', '/connection#con_1'],
    ['connection_changed', '/connection#con_1'],
    ['email_verification', '/verify-email#token=a-token-of-letters'],
    ['password_reset', '/reset-password#token=a-token-of-letters'],
    ['email_change_confirmation', '/confirm-email#token=a-token-of-letters'],
  ])('of %s leads to its page, with the secret behind the #', (template, path) => {
    expect(linksOf(template)).toEqual([origin.publicUrl + path])
  })
})

test.each([
  ['of a template that nobody knows', { template: 'weather', language: 'en' }],
  ['with a field too many', { ...everyMessage('en')[18], colour: 'red' }],
  ['in a language that there is not', { ...everyMessage('en')[18], language: 'tlh' }],
  ['that is nothing at all', null],
])('a message %s is not read', (_, payload) => {
  expect(readMessage(payload)).toBeUndefined()
})
