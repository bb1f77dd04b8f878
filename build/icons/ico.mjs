/**
 * Writes images as one `.ico` file: the header, an entry for each image, and the images. Each is a 32-bit bitmap, which every
 * part of Windows reads, but for one of 256 pixels, which is PNG as a bitmap of that edge would be large. `pixels` are RGBA
 * from the top left.
 * @param {readonly ({ readonly size: number, readonly pixels: Uint8Array } | { readonly size: 256, readonly png: Uint8Array })[]} pictures
 */
export function toIco(pictures) {
  const bitmaps = pictures.map((picture) => picture.png ?? toBitmap(picture))
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [at, bitmap] of bitmaps.entries()) {
    const entry = 6 + 16 * at
    // An edge of 256 is written as 0.
    header.writeUInt8(pictures[at].size % 256, entry)
    header.writeUInt8(pictures[at].size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(bitmap.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += bitmap.length
  }
  return Buffer.concat([header, ...bitmaps])
}

/** A bitmap counts the rows of its mask too, and begins with its last row. The mask is empty, since the pixels have alpha. */
function toBitmap({ size, pixels }) {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(size, 4)
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const rows = Buffer.alloc(size * size * 4)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = (y * size + x) * 4
      const to = ((size - 1 - y) * size + x) * 4
      const [red, green, blue, alpha] = pixels.subarray(from, from + 4)
      rows.set([blue, green, red, alpha], to)
    }
  }
  const mask = Buffer.alloc(Math.ceil(size / 32) * 4 * size)
  return Buffer.concat([header, rows, mask])
}
