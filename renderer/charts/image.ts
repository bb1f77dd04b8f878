import { copyByCommand } from '../ui/clipboard.ts'

/** A canvas as PNG, on a background: light text would be invisible on white paper. */
export async function toImage(canvas: HTMLCanvasElement, ground: string): Promise<Blob> {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const pen = copy.getContext('2d')
  if (pen === null) throw new Error('The window cannot draw the picture.')
  pen.fillStyle = ground
  pen.fillRect(0, 0, copy.width, copy.height)
  pen.drawImage(canvas, 0, 0)
  return new Promise((resolve, reject) => {
    copy.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)), 'image/png')
  })
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
    return copyByCommand('text/html', `<img alt="Chart" src="${await getAddress(image)}">`)
  }
}

/** An image as a data URL. */
async function getAddress(image: Blob): Promise<string> {
  let text = ''
  for (const byte of new Uint8Array(await image.arrayBuffer())) text += String.fromCodePoint(byte)
  return `data:${image.type};base64,${btoa(text)}`
}
