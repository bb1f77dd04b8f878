import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { array, assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { autostartEntry, setAutostart } from '../../../electron/shell/autostart.ts'

/** Reads an entry's command as the Desktop Entry Specification has it: the string's escapes, then the quotes, then the percent signs. */
function commandIn(entry: string): readonly string[] {
  const value = /^Exec=(?<value>[^\n]*)$/mu.exec(entry)?.groups?.['value'] ?? ''
  const text = value.replaceAll('\\\\', '\\')
  const quoted = [...text.matchAll(/"(?<inside>(?:[^"\\]|\\.)*)"/gu)].map(({ groups }) => groups?.['inside'] ?? '')
  return quoted.map((each) => each.replaceAll(/\\(?<letter>["`$\\])/gu, '$<letter>').replaceAll('%%', '%'))
}

describe('the entry that starts the application at login', () => {
  it('has each argument of the command unchanged, whatever characters a path has', () => {
    assert(
      property(
        array(
          string({ unit: 'grapheme' }).filter((text) => !/[\n\r\0]/u.test(text)),
          { minLength: 1 },
        ),
        (command) => {
          expect(commandIn(autostartEntry(command))).toEqual(command)
        },
      ),
    )
  })

  it('refuses a path that the format cannot contain', () => {
    expect(() => autostartEntry(['/opt/castellan', '/home/a\nb'])).toThrow(
      'A path with a line break cannot be started at login.',
    )
  })

  it('is one for each profile, and is removed when it is no longer wanted', () => {
    const folder = mkdtempSync(join(tmpdir(), 'a-'))
    setAutostart(folder, '/profiles/one', ['/opt/castellan', '--profile', '/profiles/one'])
    setAutostart(folder, '/profiles/two', ['/opt/castellan', '--profile', '/profiles/two'])
    setAutostart(folder, '/profiles/two', ['/opt/castellan', '--hidden', '--profile', '/profiles/two'])
    const entries = readdirSync(join(folder, 'autostart'))
    expect(entries).toHaveLength(2)
    setAutostart(folder, '/profiles/one', null)
    setAutostart(folder, '/profiles/never', null)
    const [left = ''] = readdirSync(join(folder, 'autostart'))
    expect(commandIn(readFileSync(join(folder, 'autostart', left), 'utf8'))).toEqual([
      '/opt/castellan',
      '--hidden',
      '--profile',
      '/profiles/two',
    ])
  })
})
