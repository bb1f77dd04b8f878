/** Renders the icons from their drawings: `node build/run.mjs build/icons/render.mjs`. Needed only when a drawing changes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { chromium } from 'playwright-core'

import { findBrowser } from '../../electron/shell/chromium/find.ts'

const here = import.meta.dirname
const browser = await chromium.launch({ executablePath: await findBrowser(), headless: true })
for (const [drawing, image, size] of [
  ['icon.svg', 'icon.png', 1024],
  ['tray.svg', 'tray.png', 64],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = Buffer.from(readFileSync(join(here, drawing))).toString('base64')
  await page.setContent(
    `<style>body { margin: 0 } img { display: block; width: ${size}px; height: ${size}px }</style>
     <img src="data:image/svg+xml;base64,${source}">`,
  )
  await page.screenshot({ path: join(here, image), omitBackground: true })
}
await browser.close()
