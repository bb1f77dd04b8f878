import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * One argument of `Exec` by the Desktop Entry Specification: quoted, with its reserved characters escaped, and the
 * backslashes escaped again as in every string of the file.
 */
function toExecArgument(text: string): string {
  const quoted = `"${text.replaceAll(/["`$\\]/gu, String.raw`\$&`)}"`
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')
}

/** The text of an entry that starts a command at login. Throws for an argument with a line break. */
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

/** Makes a Linux desktop start a command at login, or stop doing so. Each profile has its own entry. */
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
