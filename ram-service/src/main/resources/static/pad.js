// The drawing area. It holds strokes of a mouse, a finger, a pen or the arrow keys, or a picture.

const SIDE = 560; // pixels of the canvas; its size on the screen differs
const PEN = 30;
const STEP = 14; // pixels that an arrow key moves the cursor

export class Pad {
  /**
   * @param canvas where to draw
   * @param changed called when a stroke begins, with true, and when it has ended, with false
   */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.changed = changed;
    this.strokes = [];
    this.picture = null;
    this.stroke = null; // the stroke that is being drawn, or null
    this.cursor = null; // {x, y, down}, which the arrow keys move
    canvas.addEventListener('pointerdown', event => this.#down(event));
    canvas.addEventListener('pointermove', event => this.#move(event));
    for (const end of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(end, event => this.#up(event));
    }
    canvas.addEventListener('keydown', event => this.#key(event));
    canvas.addEventListener('blur', () => this.#endKeys());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  get empty() {
    return !this.picture && this.strokes.length === 0;
  }

  clear() {
    this.strokes = [];
    this.picture = null;
    this.stroke = null;
    this.cursor = null;
    this.#draw();
  }

  /** Shows a picture, scaled to fit the area. */
  show(picture) {
    this.clear();
    this.picture = picture;
    this.#draw();
  }

  /** Returns the scale and the offset from pixels of the picture or drawing to pixels of the area. */
  get placing() {
    if (!this.picture) {
      return {scale: 1, left: 0, top: 0};
    }
    const {width, height} = this.picture;
    const scale = SIDE / Math.max(width, height);
    return {scale, left: (SIDE - width * scale) / 2, top: (SIDE - height * scale) / 2};
  }

  /** Returns the strokes as a PNG file, black on white. */
  png() {
    const sheet = document.createElement('canvas');
    sheet.width = SIDE;
    sheet.height = SIDE;
    const context = sheet.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, SIDE, SIDE);
    this.#drawStrokes(context, '#000');
    return new Promise(resolve => sheet.toBlob(resolve, 'image/png'));
  }

  #at(event) {
    const box = this.canvas.getBoundingClientRect();
    return {x: (event.clientX - box.left) * SIDE / box.width, y: (event.clientY - box.top) * SIDE / box.height};
  }

  #begin(point) {
    this.changed(true);
    this.picture = null;
    this.stroke = [point];
    this.strokes.push(this.stroke);
    this.#draw();
  }

  #end() {
    this.stroke = null;
    this.changed(false);
  }

  #down(event) {
    if (event.button !== 0 || !event.isPrimary) {
      return;
    }
    this.cursor = null;
    this.canvas.setPointerCapture(event.pointerId);
    this.#begin(this.#at(event));
  }

  #move(event) {
    if (!this.stroke || !event.isPrimary || this.cursor) {
      return;
    }
    const events = event.getCoalescedEvents?.() ?? [];
    for (const point of events.length > 0 ? events : [event]) {
      this.stroke.push(this.#at(point));
    }
    this.#draw();
  }

  #up(event) {
    if (this.stroke && event.isPrimary && !this.cursor) {
      this.#end();
    }
  }

  #key(event) {
    const moves = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === 'Delete' || event.key === 'Backspace' || event.key === 'Escape') {
      this.clear();
      this.changed(true);
    } else if (event.key === ' ') {
      this.cursor ??= {x: SIDE / 2, y: SIDE / 2, down: false};
      this.cursor.down = !this.cursor.down;
      if (this.cursor.down) {
        this.#begin({x: this.cursor.x, y: this.cursor.y});
      } else {
        this.#end();
      }
    } else if (moves[event.key]) {
      this.cursor ??= {x: SIDE / 2, y: SIDE / 2, down: false};
      const [x, y] = moves[event.key];
      this.cursor.x = Math.max(0, Math.min(SIDE, this.cursor.x + x * STEP));
      this.cursor.y = Math.max(0, Math.min(SIDE, this.cursor.y + y * STEP));
      if (this.cursor.down) {
        this.stroke.push({x: this.cursor.x, y: this.cursor.y});
      }
    } else {
      return;
    }
    event.preventDefault();
    this.#draw();
  }

  #endKeys() {
    if (this.cursor?.down) {
      this.#end();
    }
    this.cursor = null;
    this.#draw();
  }

  #draw() {
    const ink = getComputedStyle(this.canvas).getPropertyValue('--ink');
    this.context.clearRect(0, 0, SIDE, SIDE);
    if (this.picture) {
      const {scale, left, top} = this.placing;
      this.context.imageSmoothingEnabled = scale < 4; // shows the pixels of a small picture
      this.context.drawImage(this.picture, left, top, this.picture.width * scale, this.picture.height * scale);
    }
    this.#drawStrokes(this.context, ink);
    if (this.cursor) {
      this.context.beginPath();
      this.context.arc(this.cursor.x, this.cursor.y, PEN / 2 + 4, 0, 2 * Math.PI);
      this.context.strokeStyle = ink;
      this.context.lineWidth = this.cursor.down ? 5 : 2;
      this.context.stroke();
    }
  }

  #drawStrokes(context, ink) {
    context.strokeStyle = ink;
    context.lineWidth = PEN;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const [first, ...rest] of this.strokes) {
      context.beginPath();
      context.moveTo(first.x, first.y);
      context.lineTo(first.x, first.y);
      rest.forEach(point => context.lineTo(point.x, point.y));
      context.stroke();
    }
  }
}
