import * as fc from 'fast-check'

/** Pieces that mean something to one of the formats, and pieces that no format expects. */
const PIECES = [
  '', '\n', '\r', '\r\n', '\0', ' ', '\t', '|', '||', '-', '---', '|-|-|\n', '#', '## x\n', '```', '~~~\n', '>', '<', '<!--', '-->', '"', '""', "'", ',', ';', ':', ': ',
  '- ', '? ', '&a ', '*a', '!x ', '{', '}', '[', ']', '[[[[[[[[', '{"a":', '\\', '\\u0000', '\u{FEFF}', '\ud800', '\u202e', '\u2028', '1e999', '-1', '9007199254740993', '0x1f',
  'null', 'true', '__proto__', 'constructor', '2026-02-30', '9999-12-31', '=1+1', 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789', 'é', '💥', 'x'.repeat(600), ','.repeat(1200),
] // prettier-ignore

interface Change {
  readonly at: number
  readonly cut: number
  readonly repeat: number
  readonly piece: string
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.constantFrom(0, 0, 1, 2, 8, 40),
  repeat: fc.constantFrom(0, 0, 0, 1, 3),
  piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })),
})

/** Files as people have them, with a few places changed, cut, repeated or damaged. */
export function mutated(files: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(
      fc.constantFrom(...files),
      fc.array(change, { maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { maxLength: 2 }),
    )
    .map(([file, changes, bytes]) => {
      let text = file
      for (const { at, cut, repeat, piece } of changes) {
        const from = Math.floor(at * text.length)
        text = text.slice(0, from) + piece + text.slice(from, from + cut * 4).repeat(repeat) + text.slice(from + cut)
      }
      const content = new TextEncoder().encode(text)
      for (const [at, byte] of bytes) if (content.length > 0) content[at % content.length] = byte
      return content
    })
}
