import { withoutSecrets } from '../../../shared/domain/secrets/cut-secrets.ts'
import { plainText } from '../../../shared/domain/text/visible-text.ts'
import type { Terminal } from './terminal.ts'
import { shownJsonBytes } from './text/shown.ts'

/**
 * Filters the output of verbs, so that no text holds a secret or can act on the terminal: of control characters only the colours of
 * `makePainter`, line breaks and tabs pass. Verbs print names with `shown`, which keeps them on one line; a verb that
 * forgets it is harmless too. Bytes are JSON.
 */
export function harmlessTerminal(terminal: Terminal): Terminal {
  const guarded = (text: string, shown?: readonly string[]): string => harmless(text, terminal.colour, shown)
  return {
    ...terminal,
    out: (text, shown) => terminal.out(typeof text === 'string' ? guarded(text, shown) : shownJsonBytes(text)),
    err: (text) => terminal.err(guarded(text)),
  }
}

const ORDINARY = /^[\x20-\x7e\n\t]*$/u

/** A calendar. */
const LINES = /^[\x20-\x7e\r\n\t]*$/u
const LONE_RETURN = /\r(?!\n)/u

/** The beginnings and ends of the styles of `makePainter`, and the line ends of a calendar. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what it looks for
const OWN = /(\u001B\[(?:2|22|31|32|33|39)m|\r\n)/u

function harmless(given: string, colour: boolean, shown?: readonly string[]): string {
  // The search for secrets is most of the work, so a text without a style is searched once.
  if (ORDINARY.test(given)) return withoutSecrets(given, shown)
  if (!OWN.test(given)) return plainText(given, shown).replaceAll('\r', '␍')
  const text = withoutSecrets(given, shown)
  if (LINES.test(text) && !LONE_RETURN.test(text)) return text
  return text
    .split(OWN)
    .map((part, at) =>
      at % 2 === 1 && (colour || part === '\r\n') ? part : plainText(part, shown).replaceAll('\r', '␍'),
    )
    .join('')
}
