// Draws the maps of soft attention over the picture that the model read.

/** Colours from little to much, as in the service's pictures. */
const HEAT = [[0x14, 0x16, 0x1d], [0x33, 0x25, 0x6b], [0x7a, 0x3b, 0x8f], [0xd0, 0x57, 0x7a], [0xff, 0x9b, 0x5e], [0xff, 0xf0, 0xa0]];

/** Returns a list item with the model's input under one map: half of each colour is the map's. */
export function showMap(map, input) {
  const largest = Math.max(...map.weights);
  const rows = input.length;
  const columns = input[0].length;
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  const image = context.createImageData(columns, rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const row = Math.floor(y * map.height / rows);
      const column = Math.floor(x * map.width / columns);
      const weight = map.weights[row * map.width + column];
      const warm = heat(largest > 0 ? weight / largest : 0);
      const pixel = input[y][x];
      const colours = Array.isArray(pixel) ? pixel : [pixel, pixel, pixel];
      image.data.set([...colours.map((colour, c) => (colour + warm[c]) / 2), 255], 4 * (y * columns + x));
    }
  }
  context.putImageData(image, 0, 0);
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `Attention of ${map.layer}`);
  const name = document.createElement('span');
  name.textContent = `${map.layer}, ${map.height}×${map.width} positions`;
  const item = document.createElement('li');
  item.append(canvas, name);
  return item;
}

function heat(share) {
  const at = share * (HEAT.length - 1);
  const below = Math.min(HEAT.length - 2, Math.floor(at));
  return HEAT[below].map((colour, c) => colour + (HEAT[below + 1][c] - colour) * (at - below));
}
