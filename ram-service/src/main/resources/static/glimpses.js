// Draws the glimpses on the drawing area, and the patch of each.

/** Colours from the first glimpse to the last, as in the service's pictures. */
const RAMP = ['#6c6cff', '#b069f5', '#f068b8', '#ff8b6b', '#ffbe4a', '#fff27a'];
const CASING = '#0b0d12';
const SVG = 'http://www.w3.org/2000/svg';

export function colour(i, n) {
  return RAMP[n === 1 ? 0 : Math.round(i * (RAMP.length - 1) / (n - 1))];
}

export class Overlay {
  /**
   * @param canvas of twice the sheet's pixels
   */
  constructor(canvas) {
    this.context = canvas.getContext('2d');
    this.context.scale(2, 2);
    this.side = canvas.width / 2;
    this.boxes = [];
  }

  /**
   * @param boxes of the glimpses, in the picture's pixels
   * @param placing of the picture on the sheet
   */
  show(boxes, {scale, left, top}) {
    this.boxes = boxes.map(box => ({
      x: left + box.left * scale,
      y: top + box.top * scale,
      width: box.width * scale,
      height: box.height * scale,
    }));
  }

  clear() {
    this.boxes = [];
    this.context.clearRect(0, 0, this.side, this.side);
  }

  /** Draws the glimpses up to a time: 2.5 is half-way between the second and the third. */
  draw(time) {
    const context = this.context;
    const n = this.boxes.length;
    context.clearRect(0, 0, this.side, this.side);
    if (n === 0) {
      return;
    }
    const last = Math.min(n, Math.max(1, Math.floor(time)));
    const share = smooth(Math.min(1, Math.max(0, time - last)));
    const looking = last < n && share > 0 ? between(this.boxes[last - 1], this.boxes[last], share) : this.boxes[last - 1];

    // Shade everything outside the glimpse.
    context.fillStyle = 'rgb(11 13 18 / 45%)';
    context.fillRect(0, 0, this.side, this.side);
    context.clearRect(looking.x, looking.y, looking.width, looking.height);

    const middles = this.boxes.slice(0, last).map(middle);
    if (share > 0) {
      middles.push(middle(looking));
    }
    for (let i = 0; i < last; i++) {
      this.#frame(this.boxes[i], colour(i, n), i === last - 1 && share === 0 ? 5 : 2);
    }
    if (share > 0) {
      this.#frame(looking, colour(last, n), 5);
    }
    for (let i = 1; i < middles.length; i++) {
      this.#line(middles[i - 1], middles[i], colour(i, n));
    }
    for (let i = 0; i < last; i++) {
      this.#number(middles[i], i + 1, colour(i, n));
    }
  }

  #frame({x, y, width, height}, stroke, thickness) {
    this.context.lineJoin = 'round';
    for (const [style, extra] of [[CASING, 3], [stroke, 0]]) {
      this.context.strokeStyle = style;
      this.context.lineWidth = thickness + extra;
      this.context.strokeRect(x, y, width, height);
    }
  }

  #line(from, to, stroke) {
    for (const [style, width] of [[CASING, 6], [stroke, 3]]) {
      this.context.beginPath();
      this.context.moveTo(from.x, from.y);
      this.context.lineTo(to.x, to.y);
      this.context.strokeStyle = style;
      this.context.lineWidth = width;
      this.context.stroke();
    }
  }

  #number(at, number, fill) {
    const context = this.context;
    const x = Math.max(17, Math.min(this.side - 17, at.x)); // keeps the number visible if the glimpse is outside
    const y = Math.max(17, Math.min(this.side - 17, at.y));
    context.beginPath();
    context.arc(x, y, 15, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.strokeStyle = CASING;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
    context.fillStyle = CASING;
    context.font = 'bold 19px system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(String(number), x, y + 1);
  }
}

function smooth(share) {
  return share * share * (3 - 2 * share);
}

function between(a, b, share) {
  return {x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, width: b.width, height: b.height};
}

function middle({x, y, width, height}) {
  return {x: x + width / 2, y: y + height / 2};
}

/** Returns the part of the model's input in a box, for a canvas. Pixels beyond the border are black. */
export function patch(input, {left, top, width, height}) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = input[top + y]?.[left + x] ?? 0;
      const [red, green, blue] = Array.isArray(pixel) ? pixel : [pixel, pixel, pixel];
      image.data.set([red, green, blue, 255], 4 * (y * width + x));
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Draws the probability of each likely class after each glimpse as a line. */
export function drawGrowth(svg, labels, steps, best, step) {
  const [left, right, top, bottom] = [30, 286, 8, 112];
  const n = steps.length;
  const x = t => n === 1 ? right : left + (right - left) * t / (n - 1);
  const y = share => bottom - (bottom - top) * share;
  svg.replaceChildren();
  for (const share of [0, 0.5, 1]) {
    svg.append(element('line', {class: 'axis', x1: left, x2: right, y1: y(share), y2: y(share)}));
    svg.append(element('text', {x: left - 5, y: y(share) + 3, 'text-anchor': 'end'}, `${100 * share} %`));
  }
  steps.forEach((_, t) => svg.append(element('text', {x: x(t), y: bottom + 13, 'text-anchor': 'middle'}, String(t + 1))));
  svg.append(element('line', {class: 'cursor', x1: x(step - 1), x2: x(step - 1), y1: top, y2: bottom}));
  const lines = labels.map((label, c) => ({label, c, shares: steps.map(step => step[c])}))
      .filter(line => line.c === best || Math.max(...line.shares) >= 0.1)
      .sort((a, b) => b.shares[n - 1] - a.shares[n - 1]);
  const drawn = lines.map(({c, shares}) => {
    const group = element('g', c === best ? {class: 'best'} : {});
    group.append(element('polyline', {points: shares.map((share, t) => `${x(t)},${y(share)}`).join(' ')}));
    shares.forEach((share, t) => group.append(element('circle', {cx: x(t), cy: y(share), r: c === best ? 3 : 2})));
    return group;
  });
  svg.append(...drawn.reverse()); // draws the likeliest class last, on top
  for (const group of names(lines, best, y)) {
    const style = group.isBest ? 'best' : 'name';
    svg.append(element('text', {class: style, x: right + 8, y: group.at + 3}, group.names.join(' ')));
  }
}

/** Returns the labels at the ends of the lines. Lines that end at the same height share a label. */
function names(lines, best, y) {
  const groups = [];
  for (const {label, c, shares} of lines) {
    const at = y(shares.at(-1));
    const last = groups.at(-1);
    if (last && at - last.at < 9 && !last.isBest) {
      last.names.push(label);
    } else {
      groups.push({at: last ? Math.max(at, last.at + 9) : at, names: [label], isBest: c === best});
    }
  }
  return groups;
}

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
