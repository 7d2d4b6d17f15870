'use strict';
const at = id => document.getElementById(id);
let current = null;   // { file, before, answers }: the last picture and what the server made of it, by what it was asked
let asked = 0;        // only the newest request may show its answer

function say(state, message) {
  document.body.dataset.state = state;
  at('message').textContent = message;
}

function wanted() {
  const kind = document.querySelector('input[name=kind]:checked').value;
  const query = new URLSearchParams({ kind, tta: at('flip').checked ? 'flip' : 'none' });
  if (kind === 'composite')
    query.set('background', at('colour').value);
  if (at('model'))
    query.set('model', at('model').value);
  return { kind, query: query.toString() };
}

async function explain(response) {
  try {
    return (await response.json()).detail;
  } catch {
    return `the server answered ${response.status}`;
  }
}

async function ask(file, query) {
  const started = performance.now();
  const response = await fetch('predict?' + query, { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } });
  if (!response.ok)
    throw new Error(await explain(response));
  const blob = await response.blob();
  return { blob, picture: await createImageBitmap(blob), seconds: (performance.now() - started) / 1000 };
}

async function show() {
  if (!current)
    return;
  const turn = ++asked;
  const { kind, query } = wanted();
  const asking = current;
  const name = asking.file.name;
  try {
    let answer = asking.answers.get(query);
    if (!answer) {
      say('working', `${name}: working ...`);
      answer = await ask(asking.file, query);
      asking.answers.set(query, answer);
      // the browser turns the picture as its EXIF data says, and so does the server; not every browser reads every format
      asking.before ??= await createImageBitmap(asking.file).catch(() => answer.picture);
    }
    if (turn !== asked)
      return;
    draw(asking.before, answer.picture);
    offer(answer.blob, `${name.replace(/\.[^.]*$/, '')}-${kind}.png`);
    document.body.classList.add('shown');
    say('done', `${name}: ${answer.picture.width} × ${answer.picture.height}, ${answer.seconds.toFixed(1)} s`);
  } catch (failure) {
    if (turn === asked)
      say('failed', `${name}: ${failure.message}`);
  }
}

function draw(before, after) {
  for (const [id, picture] of [['before', before], ['after', after]]) {
    const canvas = at(id);
    [canvas.width, canvas.height] = [after.width, after.height];
    canvas.getContext('2d').drawImage(picture, 0, 0, after.width, after.height);
  }
}

function offer(blob, name) {
  URL.revokeObjectURL(at('download').href);
  at('download').href = URL.createObjectURL(blob);
  at('download').download = name;
}

function slide() {
  const share = at('slider').value;
  at('before').style.clipPath = `inset(0 ${100 - share}% 0 0)`;
  at('line').style.left = `${share}%`;
}

function take(files) {
  if (!files || files.length === 0)
    return;
  current = { file: files[0], before: null, answers: new Map() };
  document.body.classList.remove('shown');
  show();
}

at('file').addEventListener('change', event => { take([...event.target.files]); event.target.value = ''; });
at('slider').addEventListener('input', slide);
at('colour').addEventListener('change', () => { at('composite').checked = true; show(); });
at('model')?.addEventListener('change', show);
for (const control of [at('flip'), ...document.querySelectorAll('input[name=kind]')])
  control.addEventListener('change', show);
addEventListener('dragover', event => { event.preventDefault(); at('drop').classList.add('over'); });
addEventListener('dragleave', () => at('drop').classList.remove('over'));
addEventListener('drop', event => { event.preventDefault(); at('drop').classList.remove('over'); take(event.dataTransfer.files); });
addEventListener('paste', event => take(event.clipboardData.files));
slide();
