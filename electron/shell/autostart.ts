import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * One argument of `Exec` as the Desktop Entry Specification has it: quoted, with its reserved letters escaped, and the
 * backslashes once more as in every string of the file.
 */
function toExecArgument(text: string): string {
  const quoted = `"${text.replaceAll(/["`$\\]/gu, String.raw`\$&`)}"`
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')
}

/** The text of an entry that starts a command when the person logs in. A line break in an argument cannot be written: throws. */
export function autostartEntry(command: readonly string[]): string {
  if (command.some((argument) => /[\n\r\0]/u.test(argument)))
    throw new Error('A path with a line break cannot be started at login.')
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Castellan',
    'Comment=Reminders of key rotations and reviews',
    `Exec=${command.map(toExecArgument).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Has a Linux desktop start a command at login, or no longer. Each profile has an entry of its own. */
export function setAutostart(configuration: string, profile: string, command: readonly string[] | null): void {
  const folder = join(configuration, 'autostart')
  const name = `castellan-${createHash('sha256').update(profile).digest('hex').slice(0, 12)}.desktop`
  const file = join(folder, name)
  if (command === null) {
    if (existsSync(file)) rmSync(file)
    return
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, autostartEntry(command), { mode: 0o644 })
}
