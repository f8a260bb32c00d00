// Shows the service's answer as words, pictures and bars.

import {showMap} from './attention.js';
import {Overlay, colour, drawGrowth, patch} from './glimpses.js';

const GLIMPSE_MILLIS = 650;

const by = id => document.getElementById(id);
const still = matchMedia('(prefers-reduced-motion: reduce)');
const percent = share => `${(100 * share).toFixed(share > 0.0005 && share < 0.9995 ? 1 : 0)} %`;

const article = label => /^(8|1[18]$|[aeiou])/i.test(label) ? 'an' : 'a';

const overlay = new Overlay(by('overlay'));
let answer = null;
let playing = 0;

by('step').addEventListener('input', event => {
  stop();
  showStep(Number(event.target.value));
});
by('play').addEventListener('click', () => playing ? stop() : play());

export function showBusy() {
  by('answer').dataset.state = 'busy';
}

/** Shows an error. */
export function showError(detail) {
  clear();
  by('answer').dataset.state = 'failed';
  by('error').textContent = detail[0].toUpperCase() + detail.slice(1) + (detail.endsWith('?') ? '' : '.');
  by('error').hidden = false;
  by('sentence').textContent = 'No answer.';
}

/** Removes the last answer. */
export function clear() {
  answer = null;
  stop();
  overlay.clear();
  by('answer').dataset.state = 'empty';
  by('error').hidden = true;
  by('details').hidden = true;
  by('digit').textContent = '?';
  by('digit').classList.remove('word');
  by('sentence').textContent = 'Nothing yet.';
}

/**
 * Shows an answer, and plays its glimpses.
 *
 * @param body of the answer
 * @param labels names of the classes
 * @param scale how much larger the picture on the sheet is than the one that was sent
 * @param placing of the picture on the sheet
 */
export function showAnswer(body, labels, scale, placing) {
  answer = body;
  showKind(Boolean(body.glimpses));
  if (!body.glimpses) {
    showWhole(body, labels);
    return;
  }
  answer.labels = body.probabilities.map((_, c) => labels[c] ?? String(c));
  answer.steps = body.glimpses.map(glimpse => glimpse.probabilities);
  overlay.show(inPicture(body, scale), placing);
  showVerdict(body);
  by('step').max = body.glimpses.length;

  by('patches').replaceChildren(...body.glimpses.map(showPatch));
  by('bars').replaceChildren(...answer.labels.map(showBar));
  by('growth').setAttribute('aria-label', 'Likeliest class after each glimpse: ' + answer.steps.map((step, i) =>
      `${i + 1}: ${answer.labels[argmax(step)]}, ${percent(Math.max(...step))}`).join('; '));
  by('details').hidden = false;
  if (still.matches) {
    overlay.draw(body.glimpses.length);
    showStep(body.glimpses.length);
  } else {
    play();
  }
}

/** Shows the answer of a model that sees the whole picture at once: the likeliest classes. */
function showWhole(body, labels) {
  const likely = body.top
      ?? body.probabilities.map((probability, c) => ({label: labels[c] ?? String(c), probability}));
  overlay.clear();
  showVerdict(body);
  by('maps').replaceChildren(...(body.attention ?? []).map(map => showMap(map, body.input)));
  by('attention').hidden = !body.attention;
  by('bars').replaceChildren(...likely.map(({label}) => showBar(label)));
  showShares(likely.map(({probability}) => probability));
  by('details').hidden = false;
}

/** Shows what only a model with glimpses has, or what only a model has that sees the whole picture at once. */
export function showKind(glimpsed) {
  document.querySelectorAll('.glimpsed, .whole').forEach(element => {
    element.hidden = element.classList.contains('glimpsed') !== glimpsed;
  });
  document.title = document.querySelector('h1:not([hidden])').textContent;
}

function showVerdict(body) {
  by('answer').dataset.state = 'answered';
  by('digit').textContent = body.label;
  by('digit').classList.toggle('word', body.label.length > 1);
  by('sentence').textContent = `It is ${article(body.label)} ${body.label}, says the model, and is ${percent(body.confidence)} sure.`;
  by('done').textContent = describe(body.preprocessing);
}

/** Sets the bars to the given probabilities. */
function showShares(shares) {
  const best = argmax(shares);
  [...by('bars').children].forEach((item, c) => {
    item.classList.toggle('best', c === best);
    item.querySelector('b').style.setProperty('--share', shares[c]);
    item.lastChild.textContent = percent(shares[c]);
  });
}

/** Returns a button with the patch of one glimpse and the answer after it. */
function showPatch(glimpse, i, glimpses) {
  const step = answer.steps[i];
  const leading = argmax(step);
  const name = document.createElement('span');
  const button = document.createElement('button');
  const item = document.createElement('li');
  name.textContent = `${answer.labels[leading]} · ${percent(step[leading])}`;
  button.type = 'button';
  button.style.setProperty('--glimpse', colour(i, glimpses.length));
  button.setAttribute('aria-label', `After glimpse ${i + 1}: ${answer.labels[leading]}, ${percent(step[leading])}`);
  button.append(patch(answer.input, glimpse.box), name);
  button.addEventListener('click', () => {
    stop();
    showStep(i + 1);
  });
  item.append(button);
  return item;
}

function showBar(label) {
  const item = document.createElement('li');
  const name = document.createElement('span');
  const track = document.createElement('i');
  name.textContent = label;
  track.append(document.createElement('b'));
  item.append(name, track, document.createElement('span'));
  return item;
}

/** Returns the boxes in pixels of the shown picture. */
function inPicture({glimpses, input, preprocessing: {area}}, scale) {
  const across = area.width / input[0].length;
  const down = area.height / input.length;
  return glimpses.map(({box}) => ({
    left: (area.left + box.left * across) * scale,
    top: (area.top + box.top * down) * scale,
    width: box.width * across * scale,
    height: box.height * down * scale,
  }));
}

function describe({applied, picture, orientation, ink}) {
  const size = `The picture of ${picture.width}×${picture.height} pixels`;
  const turned = orientation === 1 ? '' : ' was turned upright and';
  const ways = {
    none: () => 'was read as it is',
    crop: () => 'was scaled, and its middle was read',
    mnist: () => `was made like the model's own: its ${ink.tone} ink scaled and centred, light on black`,
  };
  return `${size}${turned} ${ways[applied]()}.`;
}

function argmax(shares) {
  return shares.indexOf(Math.max(...shares));
}

/** Shows the answer after the given number of glimpses. */
function showStep(step, time = step) {
  overlay.draw(time);
  if (Number(by('step').value) !== step || by('step-name').textContent === '' || time === step) {
    by('step').value = step;
    by('step-name').textContent = `Glimpse ${step} of ${answer.steps.length}`;
    showShares(answer.steps[step - 1]);
    [...by('patches').children].forEach((item, i) => {
      item.firstChild.classList.toggle('past', i + 1 < step);
      item.firstChild.classList.toggle('now', i + 1 === step);
      item.firstChild.setAttribute('aria-current', i + 1 === step ? 'step' : 'false');
    });
    drawGrowth(by('growth'), answer.labels, answer.steps, answer.class, step);
  }
}

function play() {
  const begin = performance.now();
  const n = answer.steps.length;
  by('play').textContent = '❚❚';
  by('play').setAttribute('aria-label', 'Pause');
  let shown = 0;
  const frame = now => {
    const time = Math.min(n, 1 + Math.max(0, now - begin) / GLIMPSE_MILLIS);
    const step = Math.floor(time);
    // The frame rests on a glimpse, then moves to the next in the last third of its time.
    const moved = step + Math.max(0, (time - step) * 3 - 2);
    if (step !== shown) {
      shown = step;
      showStep(step);
    }
    overlay.draw(moved);
    if (time < n) {
      playing = requestAnimationFrame(frame);
    } else {
      stop();
    }
  };
  playing = requestAnimationFrame(frame);
}

function stop() {
  cancelAnimationFrame(playing);
  playing = 0;
  by('play').textContent = '▶';
  by('play').setAttribute('aria-label', 'Play the glimpses');
}
