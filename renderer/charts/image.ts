import { copyByCommand } from '../ui/clipboard.ts'
import { STRIPE_DEGREES, STRIPE_OPACITY, STRIPE_PX, STRIPE_WIDTH, type Fill } from '../../shared/report/chart-fills.ts'
import type { Picture, Shape } from './shapes.ts'

/** Device pixels for each pixel of a picture, so that it is sharp on paper. */
const SCALE = 2

/** A picture as PNG, on its ground: light text would be invisible on white paper. */
export async function drawPng(picture: Picture): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = picture.width * SCALE
  canvas.height = picture.height * SCALE
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('The window cannot draw the picture.')
  pen.scale(SCALE, SCALE)
  pen.fillStyle = picture.ground
  pen.fillRect(0, 0, picture.width, picture.height)
  for (const shape of picture.shapes) draw(pen, shape, picture)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)),
      'image/png',
    )
  })
}

function draw(pen: CanvasRenderingContext2D, shape: Shape, { font, ground }: Picture): void {
  if (shape.kind === 'bar') {
    pen.fillStyle = toStyle(pen, shape.fill, ground)
    pen.fillRect(shape.x, shape.y, shape.width, shape.height)
    return
  }
  if (shape.kind === 'line') {
    pen.strokeStyle = shape.colour
    pen.setLineDash(shape.dashed ? [6, 4] : [])
    pen.beginPath()
    pen.moveTo(shape.x1, shape.y1)
    pen.lineTo(shape.x2, shape.y2)
    pen.stroke()
    return
  }
  pen.fillStyle = shape.colour
  pen.font = `${shape.bold ? '600 ' : ''}${shape.size}px ${font}`
  pen.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor
  pen.fillText(shape.text, shape.x, shape.y)
}

function toStyle(pen: CanvasRenderingContext2D, { colour, texture }: Fill, ground: string): string | CanvasPattern {
  if (texture === 0) return colour
  const tile = document.createElement('canvas')
  tile.width = STRIPE_PX
  tile.height = STRIPE_PX
  const brush = tile.getContext('2d')
  if (brush === null) return colour
  brush.fillStyle = colour
  brush.fillRect(0, 0, STRIPE_PX, STRIPE_PX)
  brush.fillStyle = ground
  brush.globalAlpha = STRIPE_OPACITY
  brush.fillRect(0, 0, STRIPE_WIDTH, STRIPE_PX)
  const pattern = pen.createPattern(tile, 'repeat')
  pattern?.setTransform(new DOMMatrix().rotate(STRIPE_DEGREES[texture] ?? 0))
  return pattern ?? colour
}

/**
 * Puts an image on the clipboard: as an image, or where that is not allowed (no secure context) inside a piece of HTML,
 * which documents and mail programs paste as an image too. Returns whether it succeeded.
 */
export async function copyImage(image: Blob): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })])
    return true
  } catch {
    return copyByCommand('text/html', `<img alt="Chart" src="data:${image.type};base64,${await toBase64(image)}">`)
  }
}

/** The bytes of a blob as base64. */
export async function toBase64(blob: Blob): Promise<string> {
  let text = ''
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCodePoint(byte)
  return btoa(text)
}
