/** A canvas as PNG, on a ground: a picture of light text pasted onto white paper would show nothing. */
export async function imageOf(canvas: HTMLCanvasElement, ground: string): Promise<Blob> {
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
