import { expect, it } from 'vitest'

import { parseLicences } from '../../../../renderer/features/help/licences-section.tsx'

const LINE = '='.repeat(80)

it('the text of all licences is parsed into that of Castellan and a section for each package', () => {
  const text = `Castellan\n\nMIT License\n\n${LINE}\na - 1.0.0 (MIT)\n${LINE}\n\nMIT\n\n====\n\n${LINE}\nb - 2.0.0 (ISC)\n${LINE}\n\nISC\n`
  expect(parseLicences(text)).toEqual({
    own: 'Castellan\n\nMIT License',
    packages: [
      { heading: 'a - 1.0.0 (MIT)', text: 'MIT\n\n====' },
      { heading: 'b - 2.0.0 (ISC)', text: 'ISC' },
    ],
  })
})

it('a text without packages has none', () => {
  expect(parseLicences('')).toEqual({ own: '', packages: [] })
})
