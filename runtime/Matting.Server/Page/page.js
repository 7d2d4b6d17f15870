'use strict';
const at = id => document.getElementById(id);
const canvases = { before: at('before'), after: at('after') };
let current = null;   // { file, before, alpha, cutout }: the last picture and what became of it
let asked = 0;        // only the newest request may show its answer

function say(state, message) {
  document.body.dataset.state = state;
  at('message').textContent = message;
}

async function explain(response) {
  try {
    return (await response.json()).detail;
  } catch {
    return `the server answered ${response.status}`;
  }
}

async function predict(file) {
  const turn = ++asked;
  say('working', `${file.name}: working ...`);
  const started = performance.now();
  try {
    const response = await fetch('predict?kind=alpha&tta=' + (at('flip').checked ? 'flip' : 'none'), {
      method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' },
    });
    if (!response.ok)
      throw new Error(await explain(response));
    const alphaFile = await response.blob();
    const alpha = await createImageBitmap(alphaFile);
    // the browser turns the picture as its EXIF data says, and so does the server
    const before = await createImageBitmap(file).catch(() => alpha);
    if (turn !== asked)
      return;
    current = { file, before, alpha, cutout: cutOut(before, alpha) };
    await offer(alphaFile);
    draw();
    say('done', `${file.name}: ${alpha.width} × ${alpha.height}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (failure) {
    if (turn === asked)
      say('failed', `${file.name}: ${failure.message}`);
  }
}

function surface(width, height) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  return canvas;
}

function pixels(bitmap) {
  const context = surface(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

function cutOut(picture, alpha) {
  const result = surface(alpha.width, alpha.height);
  const context = result.getContext('2d', { willReadFrequently: true });
  context.drawImage(picture, 0, 0, alpha.width, alpha.height);
  const image = context.getImageData(0, 0, alpha.width, alpha.height);
  const grey = pixels(alpha).data;
  for (let i = 0; i < grey.length; i += 4)
    image.data[i + 3] = grey[i];
  context.putImageData(image, 0, 0);
  return result;
}

async function offer(alphaFile) {
  const name = current.file.name.replace(/\.[^.]*$/, '');
  const cutout = await new Promise(done => current.cutout.toBlob(done, 'image/png'));
  for (const [id, blob] of [['cutout', cutout], ['alpha', alphaFile]]) {
    URL.revokeObjectURL(at(id).href);
    at(id).href = URL.createObjectURL(blob);
    at(id).download = `${name}-${id}.png`;
  }
}

function draw() {
  if (!current)
    return;
  const { before, alpha, cutout } = current;
  for (const canvas of Object.values(canvases))
    [canvas.width, canvas.height] = [alpha.width, alpha.height];
  canvases.before.getContext('2d').drawImage(before, 0, 0, alpha.width, alpha.height);
  const after = canvases.after.getContext('2d');
  if (document.querySelector('input[name=show]:checked').value === 'alpha') {
    after.drawImage(alpha, 0, 0);
    return;
  }
  if (at('coloured').checked) {
    after.fillStyle = at('colour').value;
    after.fillRect(0, 0, alpha.width, alpha.height);
  }
  after.drawImage(cutout, 0, 0);
}

function slide() {
  const share = at('slider').value;
  canvases.before.style.clipPath = `inset(0 ${100 - share}% 0 0)`;
  at('line').style.left = `${share}%`;
}

function take(files) {
  if (files && files.length > 0)
    predict(files[0]);
}

at('file').addEventListener('change', event => { take([...event.target.files]); event.target.value = ''; });
at('slider').addEventListener('input', slide);
at('flip').addEventListener('change', () => { if (current) predict(current.file); });
at('colour').addEventListener('input', () => { at('coloured').checked = true; draw(); });
for (const control of [at('coloured'), ...document.querySelectorAll('input[name=show]')])
  control.addEventListener('change', draw);
addEventListener('dragover', event => { event.preventDefault(); at('drop').classList.add('over'); });
addEventListener('dragleave', () => at('drop').classList.remove('over'));
addEventListener('drop', event => { event.preventDefault(); at('drop').classList.remove('over'); take(event.dataTransfer.files); });
addEventListener('paste', event => take(event.clipboardData.files));
slide();
