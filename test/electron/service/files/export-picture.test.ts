import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const SVG =
  '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text>on x = y</text></svg>\n'
const PNG = Buffer.from('89504e470d0a1a0a00', 'hex')

describe('a picture of a chart', () => {
  it('is written as it was drawn, and recorded in the audit log', async () => {
    const { api, context } = await newService()
    const folder = mkdtempSync(join(tmpdir(), 'castellan-picture-'))
    const [svg, png] = [join(folder, 'a.svg'), join(folder, 'a.png')]
    await api.files.exportPicture({ title: 'Spend by client', format: 'svg', content: SVG, path: svg })
    await api.files.exportPicture({ title: 'Spend', format: 'png', content: PNG.toString('base64'), path: png })
    expect(readFileSync(svg, 'utf8')).toBe(SVG)
    expect(readFileSync(png).equals(PNG)).toBe(true)
    const rows = makeRegister(context).reader.all(
      "SELECT action, subject FROM journal WHERE action = 'picture.exported' ORDER BY seq",
    )
    expect(rows).toEqual([
      { action: 'picture.exported', subject: 'Spend by client' },
      { action: 'picture.exported', subject: 'Spend' },
    ])
  })

  it.each([
    ['svg', 'hello'],
    ['svg', '<?xml version="1.0"?>\n<svg ><script>1</script></svg>'],
    ['svg', '<?xml version="1.0"?>\n<svg onload="x()"></svg>'],
    ['png', Buffer.from('MZ').toString('base64')],
  ] as const)('is rejected as %s when no chart makes it: %s', async (format, content) => {
    const { api } = await newService()
    const path = join(mkdtempSync(join(tmpdir(), 'castellan-picture-')), 'a')
    expect(await refused(api.files.exportPicture({ title: 'x', format, content, path }))).toMatchObject({
      code: 'INVALID',
      message: expect.stringMatching(/^The content is not /u),
    })
  })
})
