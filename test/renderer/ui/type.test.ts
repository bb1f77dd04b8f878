import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')

/** The page's HTML is shown before the tokens are loaded. */
const BEFORE_TOKENS = 'renderer/app/boot.css'

const SHEETS = globSync('renderer/**/*.css', { cwd: ROOT }).filter((path) => path !== BEFORE_TOKENS)

/** Lines that set a size or a weight of type otherwise than by a token, or relative to the text around it. */
function findStray(css: string): readonly string[] {
  return css
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^font-(?:size|weight): /u.test(line))
    .filter(
      (line) => !/^font-(?:size: (?:var\(--size-|inherit|0\.\d+em)|weight: (?:var\(--weight-|inherit))/u.test(line),
    )
}

it('each size and weight of type in a style sheet is a token', () => {
  expect(SHEETS.length).toBeGreaterThan(20)
  const stray = SHEETS.flatMap((path) =>
    findStray(readFileSync(join(ROOT, path), 'utf8')).map((line) => `${path}: ${line}`),
  )
  expect(stray).toEqual([])
})

it('each face in a style sheet is a token', () => {
  const stray = SHEETS.filter((path) => path !== 'renderer/ui/tokens.css').flatMap((path) =>
    (readFileSync(join(ROOT, path), 'utf8').match(/font-family:(?! (?:var\(--font-|inherit))[^;]+/gu) ?? []).map(
      (line) => `${path}: ${line}`,
    ),
  )
  expect(stray).toEqual([])
})

it('a component sets no size of type in pixels', () => {
  const stray = globSync('renderer/**/*.{ts,tsx}', { cwd: ROOT }).filter((path) =>
    /fontSize: (?:'[\d.]+px'|\d)|fontWeight: \d/u.test(readFileSync(join(ROOT, path), 'utf8')),
  )
  expect(stray).toEqual([])
})

it('a size in pixels is found where a token belongs', () => {
  expect(findStray('  font-size: 13.5px;\n  font-weight: 520;\n  font-size: var(--size-text);')).toEqual([
    'font-size: 13.5px;',
    'font-weight: 520;',
  ])
})

it('a name with an emoji is drawn by a bundled face where the system has none', () => {
  const tokens = readFileSync(join(ROOT, 'renderer/ui/tokens.css'), 'utf8')
  for (const face of ['--font-text', '--font-mono']) {
    expect(new RegExp(`${face}:[^;]*var\\(--font-emoji\\)`, 'u').exec(tokens)?.[0]).toBeDefined()
  }
  expect(tokens).toMatch(/--font-emoji:[^;]*'Noto Emoji Variable'/u)
  expect(readFileSync(join(ROOT, 'renderer/app/start.tsx'), 'utf8')).toContain(
    "'@fontsource-variable/noto-emoji/wght.css'",
  )
  const css = readFileSync(join(ROOT, 'node_modules/@fontsource-variable/noto-emoji/wght.css'), 'utf8')
  const ranges = [...css.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/giu)].map(([, first = '', last = first]) => [
    Number.parseInt(first, 16),
    Number.parseInt(last, 16),
  ])
  for (const emoji of ['🤖', '🦊', '🍲', '🔑', '✅', '🧑', '🚀', '🫠']) {
    const point = emoji.codePointAt(0) ?? 0
    expect([emoji, ranges.some(([first = 0, last = 0]) => first <= point && point <= last)]).toEqual([emoji, true])
  }
})
