import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../renderer')
const BUTTON = /<(?<tag>Button|ButtonLink|Menu\.Item)\b(?<rest>(?:(?!<\/\k<tag>>)[\s\S])*)<\/\k<tag>>/gu
const ICON = /leftSection=\{<(?<icon>Icon\w+)/u
const LABEL = />\s*(?<label>[A-Z][^<>{}]*?)\s*$/u

it('a button with one label has one icon in the whole window', () => {
  const icons = new Map<string, Set<string>>()
  for (const file of globSync('**/*.tsx', { cwd: ROOT })) {
    for (const { groups } of readFileSync(resolve(ROOT, file), 'utf8').matchAll(BUTTON)) {
      const icon = ICON.exec(groups?.['rest'] ?? '')?.groups?.['icon']
      const label = LABEL.exec(groups?.['rest'] ?? '')?.groups?.['label']
      if (icon === undefined || label === undefined) continue
      icons.set(label, (icons.get(label) ?? new Set()).add(icon))
    }
  }
  expect(icons.size).toBeGreaterThan(30)
  expect([...icons].filter(([, own]) => own.size > 1).map(([label, own]) => [label, ...own])).toEqual([])
})
