// Sends a drawing or a picture to the service and shows the answer as pictures, bars and words.

import {Pad} from './pad.js';
import {clear, showAnswer, showBusy, showError, showKind} from './answer.js';

const MOST_BYTES = 1_000_000; // the default limit of the service
const SENT_SIDE = 500; // larger pictures are reduced to this side, which the service accepts and which keeps all detail it needs
const READ_TYPES = ['image/png', 'image/jpeg', 'image/bmp', 'image/gif'];
const AWAY = 'the service does not answer: is it running, and are you connected?';
const PAUSE = 450; // milliseconds after a stroke, because another stroke may follow

const by = id => document.getElementById(id);

let timer = 0;
let asked = 0; // number of the last request; earlier answers are ignored
const pad = new Pad(by('pad'), began => {
  forget();
  if (!began && !pad.empty) {
    timer = setTimeout(askAboutStrokes, PAUSE);
  }
});

by('clear').addEventListener('click', () => {
  pad.clear();
  forget();
});
by('choose').addEventListener('click', () => by('file').click());
by('file').addEventListener('change', event => {
  const [file] = event.target.files;
  event.target.value = ''; // allows the same file to be chosen again
  if (file) {
    read(file);
  }
});
document.querySelectorAll('[data-sample]').forEach(button => button.addEventListener('click', async () => {
  forget();
  const question = asked;
  const {body, error} = await fetched(button.dataset.sample, {}, response => response.blob());
  if (question !== asked) {
    return;
  }
  if (error) {
    showError(error);
  } else {
    read(body);
  }
}));
// The whole page accepts dropped files, so that a near miss does not open the file instead.
for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, event => {
    event.preventDefault();
    by('sheet').classList.toggle('over', type === 'dragenter' || type === 'dragover');
    const file = type === 'drop' ? event.dataTransfer.files[0] : null;
    if (file) {
      read(file);
    }
  });
}
document.addEventListener('paste', event => {
  const [file] = event.clipboardData.files;
  if (file) {
    read(file);
  }
});

let labels = []; // names of the model's classes
fetch('v1/model').then(response => response.ok ? response.json() : null).then(described => {
  if (described) {
    by('model').textContent = `Model ${described.name} ${described.version}.`;
    labels = described.model.labels;
    showKind(Boolean(described.model.network.glimpse));
    by('samples').hidden = !labels.every(label => /^[0-9]+$/.test(label)); // they show digits
  }
}).catch(() => {});

/** Shows a picture and requests a prediction for it. */
async function read(file) {
  pad.clear();
  forget();
  const question = ++asked;
  const picture = await createImageBitmap(file).catch(() => null);
  if (question !== asked) {
    return;
  }
  if (picture) {
    pad.show(picture);
    by('hint').hidden = true;
  }
  // Sends a file unchanged if the browser cannot show it. The service names the fault.
  const fits = READ_TYPES.includes(file.type) && file.size <= MOST_BYTES;
  if (!picture || fits) {
    ask(file, 1);
    return;
  }
  const scale = Math.min(1, SENT_SIDE / Math.max(picture.width, picture.height));
  const reduced = document.createElement('canvas');
  reduced.width = Math.max(1, Math.round(picture.width * scale));
  reduced.height = Math.max(1, Math.round(picture.height * scale));
  const context = reduced.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, reduced.width, reduced.height);
  reduced.toBlob(blob => question === asked && ask(blob, picture.width / reduced.width), 'image/png');
}

async function askAboutStrokes() {
  const question = asked;
  const file = await pad.png();
  if (question === asked) {
    ask(file);
  }
}

/**
 * Asks the service.
 *
 * @param file what is sent
 * @param scale how much larger the picture on the sheet is
 */
async function ask(file, scale = 1) {
  const question = ++asked;
  showBusy();
  const {body, error} = await fetched('v1/predictions?explain=true', {
    method: 'POST',
    headers: {'Content-Type': file.type || 'application/octet-stream', Accept: 'application/json'},
    body: file,
  }, response => response.json());
  if (question !== asked) {
    return;
  }
  if (error) {
    showError(error);
  } else {
    showAnswer(body, labels, scale, pad.placing);
  }
}

/**
 * Fetches something: its body, or in words why there is none.
 *
 * @param read takes the body of a response that went well
 */
async function fetched(path, options, read) {
  try {
    const response = await fetch(path, options);
    if (response.ok) {
      return {body: await read(response)};
    }
    const problem = await response.json().catch(() => null); // a gateway answers with HTML
    return {error: problem?.detail ?? `the service answered with status ${response.status}`};
  } catch (e) {
    return {error: e instanceof SyntaxError ? 'what answers here is not the service' : AWAY};
  }
}

/** Removes the last answer. */
function forget() {
  clearTimeout(timer);
  asked++;
  clear();
  by('hint').hidden = !pad.empty;
}
