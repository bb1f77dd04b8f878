import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How many commands the `VERIFY.md` of a team's pack has. */
const COMMANDS = 5

/** Runs the commands of `VERIFY.md` of a team's pack in its folder, as a person without Castellan would. */
export function followReadme(folder: string): { readonly status: number | null; readonly printed: string } {
  const text = readFileSync(join(folder, 'VERIFY.md'), 'utf8')
  const commands = [...text.matchAll(/^ {4}((?:sha256sum|openssl|sed -n '\/|sh ).*)$/gmu)].map(([, command]) => command)
  if (commands.length !== COMMANDS) throw new Error(`VERIFY.md has ${commands.length} commands, and not ${COMMANDS}.`)
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', commands.join('\n')], { cwd: folder, encoding: 'utf8' })
  return { status, printed: stdout + stderr }
}
