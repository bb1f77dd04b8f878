import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const file = join(createRequire(import.meta.url).resolve('electron/package.json'), '../electron.d.ts')

interface Declared {
  readonly from: number
  readonly to: number
  readonly base: string | undefined
}

/**
 * Reads the documentation of a call or an event in the types of the installed Electron; null for one that they lack.
 */
export function readDeclared(): (call: string) => string | null {
  const lines = readFileSync(file, 'utf8').split('\n')
  const kinds = new Map<string, Declared>()
  let open: { name: string; from: number; base: string | undefined } | null = null
  for (const [at, line] of lines.entries()) {
    const [, name, base] =
      /^ {2}(?:class|interface) (?<name>\w+)(?: extends (?:Electron\.)?(?<base>\w+))?/u.exec(line) ?? []
    if (name !== undefined) open = { name, from: at, base }
    if (line !== '  }' || open === null) continue
    kinds.set(open.name, { from: open.from, to: at, base: open.base })
    open = null
  }
  const find = (kind: string, start: RegExp): string | null => {
    const declared = kinds.get(kind)
    if (declared === undefined) return null
    const { from, to, base } = declared
    const at = lines.findIndex((line, index) => index > from && index < to && start.test(line))
    if (at !== -1) return commentAbove(lines, at)
    return base === undefined ? null : find(base, start)
  }
  return (call) => {
    const { kind = '', member, event } = /^(?<kind>\w+)(?:\.(?<member>\w+)| '(?<event>.+)')$/u.exec(call)?.groups ?? {}
    const start =
      event === undefined
        ? new RegExp(String.raw`^ {4}(?:static )?(?:readonly )?(?:get )?${member}\??[(:]`, 'u')
        : new RegExp(String.raw`^ {4}on\(event: '${event}'`, 'u')
    return find(kind, start)
  }
}

/** The text of the comment above a line, on one line. */
function commentAbove(lines: readonly string[], at: number): string {
  if (lines[at - 1]?.trim() !== '*/') return ''
  const from = lines.findLastIndex((line, index) => index < at && line.trim().startsWith('/**'))
  return lines
    .slice(from, at)
    .map((line) =>
      line
        .trim()
        .replace(/^\/?\*+\/?/u, '')
        .trim(),
    )
    .join(' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}
