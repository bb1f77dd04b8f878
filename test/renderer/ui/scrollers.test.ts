import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')

/** Selectors of rules whose element scrolls but is not the block that contains what is positioned in it. */
function findLeaking(css: string): readonly string[] {
  return [...css.replaceAll(/\/\*.*?\*\//gsu, '').matchAll(/([^{}]+)\{([^{}]*)\}/gu)]
    .filter(([, , body = '']) => /overflow(?:-[xy])?: (?:auto|scroll)/u.test(body) && !/\bposition: /u.test(body))
    .map(([, selector = '']) => selector.trim())
}

it('an element that scrolls contains what is positioned in it, which would make the page behind it scroll too', () => {
  const leaking = globSync('renderer/**/*.css', { cwd: ROOT }).flatMap((path) =>
    findLeaking(readFileSync(join(ROOT, path), 'utf8')).map((selector) => `${path}: ${selector}`),
  )
  expect(leaking).toEqual([])
  expect(findLeaking('.a {\n  overflow-y: auto;\n}\n.b {\n  position: relative;\n  overflow: auto;\n}')).toEqual(['.a'])
})
