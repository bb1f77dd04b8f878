import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

import { filesUnder } from '../build/freshness.mjs'
import { CALLED_PROVIDER_IDS, PROVIDER_IDS } from '../shared/domain/providers/providers.ts'

const root = resolve(import.meta.dirname, '..')

/** Where a provider may go by its id: its adapter, its facts, the sample data, and what was released. */
const OWN = [
  // Token shapes name whose they are.
  'shared/domain/secrets/',
  ...PROVIDER_IDS.map((id) => `electron/providers/${id}/`),
  'shared/domain/providers/',
  'electron/service/sample/',
  'electron/register/schema/',
]

const called = CALLED_PROVIDER_IDS.join('|')

/** `file` is a word of many meanings, so that only a comparison of a provider with it counts. */
const NAMED = [
  new RegExp(`(['"])(?:${called})\\1`, 'u'),
  new RegExp(`(?<![\\w-])(?:${called})\\??:`, 'u'),
  new RegExp(`[\\w)\\]]\\.(?:${called})\\b`, 'u'),
  /\bprovider\b[^'"`]*(?:=|<>|\bIN\b)[^'"`]*['"]file['"]/iu,
]

/** The source with its comments blanked out, so that lines keep their numbers. */
function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gmu, (comment) => comment.replaceAll(/[^\n]/gu, ' '))
}

/** The lines of a source that name a provider by its id, as `file:line`. */
function namingLines(file: string, source: string): readonly string[] {
  return withoutComments(source)
    .split('\n')
    .flatMap((line, index) =>
      NAMED.some((pattern) => pattern.test(line)) ? [`${file}:${index + 1} ${line.trim()}`] : [],
    )
}

it('asks what a provider can do, and names none by its id outside its own folders', () => {
  const files = ['shared', 'electron', 'renderer']
    .flatMap((folder) => filesUnder(root, folder))
    .filter((file) => /\.tsx?$/u.test(file) && !OWN.some((place) => file.startsWith(place)))
  expect(files.length).toBeGreaterThan(500)
  expect(files.flatMap((file) => namingLines(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
})

it.each([
  "if (provider === 'openai') return 1",
  'switch (id) {\n  case "anthropic":',
  'const MOST = { openrouter: 1 }',
  "const at = useState<ProviderId>('openai')",
  'KEY_VARIABLE.openai',
  "if (connection.provider !== 'file') return",
  "`WHERE f.provider IN ('anthropic', 'x')`",
  "`WHERE provider = 'file'`",
])('finds %s', (source) => {
  expect(namingLines('a.ts', source)).toHaveLength(1)
})

it.each([
  '// OpenAI, as in provider: openai',
  "/** `provider === 'openai'`\n * openai: */",
  "{ kind: 'file', title: 'Choose a file' }",
  "['connection add --provider openai']",
])('passes %s', (source) => {
  expect(namingLines('a.ts', source)).toEqual([])
})
