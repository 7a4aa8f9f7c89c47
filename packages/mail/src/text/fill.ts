/** The names between braces in a text. */
type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never

export type Values<Text extends string> = { readonly [Slot in Slots<Text>]: string }

/** Puts values into a text, once: braces in a value are letters like any other. */
export function fill<Text extends string>(text: Text, values: Values<Text>): string {
  return text.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = (values as Readonly<Record<string, string>>)[slot]
    if (value === undefined) throw new Error(`the text "${text}" has no value for "${slot}"`)
    return value
  })
}
