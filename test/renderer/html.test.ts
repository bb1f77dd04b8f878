import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

import { filesUnder } from '../../build/freshness.mjs'

const ROOT = resolve(import.meta.dirname, '../..')

/** Every way in which React or the browser takes text for HTML. */
const MADE =
  /\b(?:dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseFromString|createContextualFragment|srcdoc|srcDoc|document\.write)\b/u

it('no source of the window makes HTML of a text', () => {
  const files = filesUnder(ROOT, 'renderer').filter((file) => /\.tsx?$/u.test(file))
  expect(files.length).toBeGreaterThan(300)
  expect(files.filter((file) => MADE.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})
