import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../renderer')

const SOURCES = new Map(
  globSync(join(ROOT, '**/*.{ts,tsx,html}')).map((file): [string, string] => [file, readFileSync(file, 'utf8')]),
)

/** The classes in the selectors of a style sheet. */
function listClasses(file: string): ReadonlySet<string> {
  const css = readFileSync(file, 'utf8').replaceAll(/\/\*.*?\*\//gsu, '')
  const selectors = [...css.matchAll(/([^{}]+)\{/gu)].map(([, selector = '']) => selector)
  return new Set(
    selectors.flatMap((selector) => [...selector.matchAll(/\.([a-zA-Z_][\w-]*)/gu)].map(([, name = '']) => name)),
  )
}

/** The components that import a module of styles, and the name by which each does. */
function listImporters(
  module: string,
): readonly { readonly file: string; readonly name: string; readonly text: string }[] {
  return [...SOURCES].flatMap(([file, text]) =>
    [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/gu)].flatMap(([, name = '', path = '']) =>
      resolve(dirname(file), path) === module ? [{ file, name, text }] : [],
    ),
  )
}

describe.each(globSync('**/*.module.css', { cwd: ROOT }))('the module of styles %s', (path) => {
  const module = join(ROOT, path)
  const importers = listImporters(module)
  const used = new Set(
    importers.flatMap(({ name, text }) =>
      [...text.matchAll(new RegExp(String.raw`\b${name}\['([\w-]+)'\]`, 'gu'))].map(([, each = '']) => each),
    ),
  )
  const styled = new Set([...listClasses(module)].filter((name) => !name.startsWith('c-')))

  it('has a rule for each class that a component takes from it, and no other', () => {
    expect([...used].toSorted()).toEqual([...styled].toSorted())
  })
})

it('each class of a global style sheet is named by a component or by the page', () => {
  const words = new Set([...SOURCES.values()].flatMap((text) => text.match(/[\w-]+/gu) ?? []))
  const unnamed = globSync('**/*.css', { cwd: ROOT })
    .filter((path) => !path.endsWith('.module.css'))
    .flatMap((path) => [...listClasses(join(ROOT, path))])
    .filter((name) => !words.has(name))
  expect(unnamed).toEqual([])
})

/** Classes of lists that have no marks on purpose. */
const UNMARKED = new Set(
  globSync('**/*.css', { cwd: ROOT }).flatMap((path) => {
    const css = readFileSync(join(ROOT, path), 'utf8').replaceAll(/\/\*.*?\*\//gsu, '')
    const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/gu)]
    return rules.flatMap(([, selector = '', rule = '']) =>
      /display: (?:inline-)?(?:flex|grid)|list-style: none|position: absolute/u.test(rule)
        ? [...selector.matchAll(/\.([a-zA-Z_][\w-]*)(?=[\s,]|$)/gu)].map(([, name = '']) => name)
        : [],
    )
  }),
)

const LISTS = [...SOURCES].flatMap(([file, text]) =>
  [...text.matchAll(/<[uo]l\b[^>]*?className=(?:"([^"]+)"|\{([^}]+)\})/gu)].map(([, words, code]) => ({
    file: file.slice(ROOT.length + 1),
    classes: (words ?? code ?? '').match(/[\w-]+/gu) ?? [],
  })),
)

it.each(LISTS)('a list of $file has marks, or a class of lists without marks: $classes', ({ classes }) => {
  const isMeant = (name: string): boolean => name === 'c-bullets' || name === 'c-list' || UNMARKED.has(name)
  expect(classes.some((name) => isMeant(name))).toBe(true)
})
