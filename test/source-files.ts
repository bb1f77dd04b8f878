import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const TREES = ['shared', 'electron', 'renderer']

/** The source files of the product whose text has a pattern, by path and in order. */
export function filesWith(pattern: RegExp): string[] {
  return TREES.flatMap((tree) =>
    readdirSync(tree, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/u.test(name))
      .map((name) => join(tree, name)),
  )
    .filter((file) => pattern.test(readFileSync(file, 'utf8')))
    .toSorted()
}
