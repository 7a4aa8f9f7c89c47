/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { Button } from '@react-email/button'
import { Link } from '@react-email/link'
import { Section } from '@react-email/section'
import { Text } from '@react-email/text'
import { Fragment } from 'react'
import type { Block, Fact } from '../letter/letter.ts'
import type { Texts } from '../text/texts.ts'
import { style } from './style.ts'

/** One part of a letter. What people wrote is text here, and never markup. */
export function LetterBlock({ block, texts }: { readonly block: Block; readonly texts: Texts }) {
  switch (block.kind) {
    case 'greeting':
    case 'paragraph':
      return (
        <Text className="ink" style={style.paragraph}>
          {block.text}
        </Text>
      )
    case 'aside':
      return (
        <Text className="quiet" style={style.aside}>
          {block.text}
        </Text>
      )
    case 'quote':
      return (
        <Section className="quote" style={style.quote}>
          <Text className="ink" style={style.quoted}>
            <Lines text={block.text} />
          </Text>
        </Section>
      )
    case 'facts':
      return <Facts facts={block.facts} />
    case 'action':
      return (
        <Section style={style.action}>
          <Button className="button" href={block.url} style={style.button}>
            {block.label}
          </Button>
          <Text className="quiet" style={style.fallback}>
            {texts.buttonFails}
            <br />
            <Link className="link" href={block.url} style={style.link}>
              {block.url}
            </Link>
          </Text>
        </Section>
      )
  }
}

function Lines({ text }: { readonly text: string }) {
  return text.split('\n').map((line, place) => (
    <Fragment key={place}>
      {place > 0 && <br />}
      {line}
    </Fragment>
  ))
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <table className="facts" width="100%" cellPadding="0" cellSpacing="0" border={0} style={style.facts}>
      <tbody>
        {facts.map(([label, value], place) => (
          <tr key={place}>
            <th scope="row" className="quiet line" style={style.label}>
              {label}
            </th>
            <td className="ink line" style={style.value}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
