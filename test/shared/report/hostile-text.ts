import * as fc from 'fast-check'

import { anyString } from '../../any-string.ts'

const MARKS =
  '| \\ \\| ` `` * _ __ ~ [ ] ( ) ![ < > <br> <!-- & &amp; &#x7C; # - --- + = . .. : ; , @ www. w https:// http:/ mailto: xmpp: 1. 1) $ ^ [^1] \' " "" % a B 9 p s ＝ ＋ － ＠ é ß 漢 שלום 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 END:VEVENT DTSTART: \\n \\, _x0041_ ]]> - – — All all -1 =1+1 @SUM'
    .split(' ')
    .concat(['\n', '\r', '\r\n', '\t', ' ', '  ', '\0', '\u001B[31m', '\u007F', '\u0085', '\uD800', '\uFFFF', '\uFEFF'])
    .concat(['\u2028', '\u2029', '\u202E', '\u200B', '\u200D', '\u00A0', '\u0000', '\v', '\f'])

/** Text that a hostile or a careless provider may send. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...MARKS), anyString({ maxLength: 6 })), { maxLength: 8 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }),
  fc.emailAddress().map((address) => `Jane_Smith <${address}>`),
  // Not `fc.webUrl`, which builds a table of a million characters first.
  fc.tuple(fc.webAuthority(), anyString()).map(([host, path]) => `https://${host}/${encodeURIComponent(path)}`),
)
