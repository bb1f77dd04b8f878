import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A test that a document names: its file, relative to the root, and its title as the file spells it. */
export type NamedTest = readonly [file: string, title: string]

/** What precedes the title of a test that runs: `it(`, `test.step(`, the end of `it.each(…)(`; `it.skip(` does not run. */
const CALL = /(?:\b(?:it|test|describe)(?:\.(?!(?:skip|todo|fixme|fails|only)\b)\w+)*|[)`])\(\s*$/u
const SKIPPED_GROUP = /\bdescribe\.(?:skip|todo)\(/u
const COMMENT = /^\s*(?:\/\/|\*|\/\*)/u

/** Those whose file is missing, or has no such test or only one that is skipped. */
export function findMissingTests(tests: readonly NamedTest[]): readonly NamedTest[] {
  const sources = new Map<string, string>()
  return tests.filter(([file, title]) => {
    const source = sources.get(file) ?? readSource(file)
    sources.set(file, source)
    return !hasTest(source, title)
  })
}

/**
 * Whether a source has one test, step of one or group of tests with exactly this title, up to the first value in it. Where two
 * have it, one could be removed unseen, and where a group is skipped its tests are not read: neither counts.
 */
export function hasTest(source: string, title: string): boolean {
  const literals = [`'${title}'`, `"${title}"`, `\`${title}\``, `\`${title} \${`]
  const calls = literals.flatMap((literal) => {
    const parts = source.split(literal)
    return parts.slice(0, -1).filter((_, at) => isCall(parts.slice(0, at + 1).join('')))
  })
  return calls.length === 1 && !SKIPPED_GROUP.test(source)
}

function isCall(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return CALL.test(before) && !COMMENT.test(line)
}

function readSource(file: string): string {
  const path = resolve(import.meta.dirname, '..', file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
