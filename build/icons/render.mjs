/** Renders the icons from their drawings: `node build/run.mjs build/icons/render.mjs`. Needed only when a drawing changes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { chromium } from 'playwright-core'

import { findBrowser } from '../../electron/shell/chromium/find.ts'
import { toIcns } from './icns.mjs'
import { toIco } from './ico.mjs'

const here = import.meta.dirname
const browser = await chromium.launch({ executablePath: await findBrowser(), headless: true })
mkdirSync(join(here, 'linux'), { recursive: true })
for (const [drawing, image, size] of [
  ['icon.svg', 'icon.png', 1024],
  ['tray.svg', 'tray.png', 64],
  ['tray-template.svg', 'trayTemplate.png', 16],
  ['tray-template.svg', 'trayTemplate@2x.png', 32],
  ...[16, 24, 32, 48, 64, 128, 256, 512].map((edge) => ['icon.svg', `linux/${edge}x${edge}.png`, edge]),
]) {
  const page = await show(drawing, size)
  await page.screenshot({ path: join(here, image), omitBackground: true })
  await page.close()
}
const TRAY = [16, 24, 32, 48]
writeFileSync(join(here, 'tray.ico'), toIco(await readPictures('tray.svg', TRAY)))
const large = { size: 256, png: readFileSync(join(here, 'linux/256x256.png')) }
writeFileSync(join(here, 'icon.ico'), toIco([...(await readPictures('icon.svg', [...TRAY, 64])), large]))
const files = [16, 32, 64, 128, 256, 512].map((edge) => [edge, `linux/${edge}x${edge}.png`])
const pngs = [...files, [1024, 'icon.png']].map(([edge, file]) => [edge, readFileSync(join(here, file))])
writeFileSync(join(here, 'icon.icns'), toIcns(new Map(pngs)))
await browser.close()

async function show(drawing, size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = Buffer.from(readFileSync(join(here, drawing))).toString('base64')
  await page.setContent(
    `<style>body { margin: 0 } img { display: block; width: ${size}px; height: ${size}px }</style>
     <img src="data:image/svg+xml;base64,${source}">`,
  )
  return page
}

async function readPictures(drawing, sizes) {
  const pictures = []
  for (const size of sizes) pictures.push({ size, pixels: await readPixels(drawing, size) })
  return pictures
}

async function readPixels(drawing, size) {
  const page = await show(drawing, size)
  const pixels = await page.evaluate((edge) => {
    const { document } = globalThis
    const canvas = Object.assign(document.createElement('canvas'), { width: edge, height: edge })
    const context = canvas.getContext('2d')
    context.drawImage(document.querySelector('img'), 0, 0, edge, edge)
    return [...context.getImageData(0, 0, edge, edge).data]
  }, size)
  await page.close()
  return Uint8Array.from(pixels)
}
