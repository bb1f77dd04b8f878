import { Misuse } from './failure.ts'
import { shown } from './text/shown.ts'

/** Endings that name a format, where they are not the format's own word. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  focus: ['focus.csv'],
  html: ['html', 'htm'],
  md: ['md', 'markdown'],
  yaml: ['yaml', 'yml'],
}

/**
 * The format of a file that is written: `--format`, else the ending of its name. Throws `Misuse` for an unknown ending.
 *
 * @example formatOfFile('out/usage.focus.csv', ['csv', 'focus']) // 'focus'
 */
export function formatOfFile<Format extends string>(file: string, formats: readonly Format[], asked?: Format): Format {
  if (asked !== undefined) return asked
  const endings = formats
    .flatMap((format) => (ENDINGS[format] ?? [format]).map((word) => ({ format, ending: `.${word}` })))
    .toSorted((a, b) => b.ending.length - a.ending.length)
  const name = file.toLowerCase()
  const found = endings.find(({ ending }) => name.endsWith(ending))
  if (found !== undefined) return found.format
  throw new Misuse(
    `The ending of ${shown(file)} is not one of ${endings
      .map(({ ending }) => ending)
      .toSorted()
      .join(', ')}.`,
    `Change it, or give --format with one of ${formats.join(', ')}.`,
  )
}
