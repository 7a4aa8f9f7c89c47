/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { Body } from '@react-email/body'
import { Container } from '@react-email/container'
import { Head } from '@react-email/head'
import { Heading } from '@react-email/heading'
import { Html } from '@react-email/html'
import { Preview } from '@react-email/preview'
import { Section } from '@react-email/section'
import { Text } from '@react-email/text'
import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../text/texts.ts'
import { LetterBlock } from './letter-block.tsx'
import { darkStyles, style } from './style.ts'

interface Props {
  readonly letter: Letter
  readonly texts: Texts
  readonly product: string
  readonly signature: string
}

/** The one look of every mail: a column on a quiet ground, light or dark as the reader has it. */
export function LetterPage({ letter, texts, product, signature }: Props) {
  const opening = letter.blocks.find((block) => block.kind === 'paragraph')
  return (
    <Html lang={letter.language} dir="ltr">
      <Head>
        <title>{letter.subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkStyles}</style>
      </Head>
      <Body className="ground" style={style.ground}>
        <Preview>{beginning(opening?.text ?? letter.heading)}</Preview>
        <Container style={style.column}>
          <Text className="quiet" style={style.product}>
            {product}
          </Text>
          <Section className="panel" style={style.panel}>
            <Heading as="h1" className="ink" style={style.heading}>
              {letter.heading}
            </Heading>
            {letter.blocks.map((block, place) => (
              <LetterBlock key={place} block={block} texts={texts} />
            ))}
          </Section>
          <Text className="quiet" style={style.signature}>
            {signature}
          </Text>
        </Container>
      </Body>
    </Html>
  )
}

/** As much as a list of mails shows, without half a letter at its end. */
function beginning(text: string): string {
  return text.slice(0, 140).replace(/[\uD800-\uDBFF]$/, '')
}
