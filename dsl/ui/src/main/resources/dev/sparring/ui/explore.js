'use strict';
// A generator to play with: each change asks for one picture; while it is made, only the last change counts.
(() => {
  const at = id => document.getElementById(id);
  const run = document.body.dataset.run;
  const problem = at('problem');
  const say = line => {
    problem.textContent = line;
    problem.hidden = !line;
  };
  const image = at('shown');
  const [seed, to, label, truncation, value, count, place, path] =
    ['seed', 'to', 'class', 'truncation', 'value', 'count', 'place', 'path'].map(at);
  let facts = null;
  let busy = false;
  let pending = false;
  const mode = () => document.querySelector('input[name=mode]:checked').value;
  const directions = () => [...at('directions').querySelectorAll('input')];

  const wish = () => {
    const asked = new URLSearchParams({ id: run, mode: mode(), seed: seed.value || '0' });
    if (label.value) asked.set('class', label.value);
    if (truncation.value) {
      asked.set('truncation', truncation.value);
      asked.set('value', Number(value.value) / 100);
    }
    if (mode() === 'grid') asked.set('count', count.value);
    if (mode() === 'walk') {
      asked.set('to', to.value || '0');
      asked.set('place', Number(place.value) / 100);
      asked.set('path', path.value);
    }
    if (mode() === 'directions') {
      const moved = directions().map((input, i) => `${i}:${Number(input.value) / 10}`).filter(one => !one.endsWith(':0'));
      asked.set('along', moved.join('_'));
    }
    return asked;
  };
  const fit = () => {
    const room = Math.min(image.closest('.shown').clientWidth, 720);
    const own = [image.naturalWidth, image.naturalHeight];
    if (!own[0]) return;
    const times = room / Math.max(...own);
    const whole = times >= 1 ? Math.floor(times) : 1 / Math.ceil(1 / times);
    [image.dataset.width, image.dataset.height] = own;
    image.width = Math.round(own[0] * whole);
    image.height = Math.round(own[1] * whole);
    image.classList.toggle('crisp', whole > 1);
  };
  const draw = async () => {
    if (!facts) return;
    if (busy) { pending = true; return; }
    busy = true;
    try {
      const answer = await fetch(`drawn?${wish()}`);
      if (answer.ok) {
        const before = image.src;
        image.src = URL.createObjectURL(await answer.blob());
        await image.decode();
        if (before) URL.revokeObjectURL(before);
        fit();
        say('');
        at('caption').textContent = `step ${facts.step.toLocaleString('en')}, seed ${seed.value}`;
        document.body.dataset.drawn = String(Number(document.body.dataset.drawn ?? 0) + 1);
      } else {
        say(await answer.text());
      }
    } catch {
      say('sparring ui does not answer any more.');
    }
    busy = false;
    if (pending) { pending = false; draw(); }
  };
  const shown = () => {
    for (const name of ['grid', 'walk', 'directions']) {
      for (const part of document.querySelectorAll(`.for-${name}`)) part.hidden = mode() !== name;
    }
    value.closest('label').hidden = !truncation.value;
    at('value-value').textContent = (Number(value.value) / 100).toFixed(2);
    at('count-value').textContent = count.value;
    at('place-value').textContent = `${place.value} %`;
    draw();
  };
  const option = (select, name, text) => {
    const made = document.createElement('option');
    made.value = name;
    made.textContent = text;
    select.append(made);
  };

  const start = async () => {
    at('facts').textContent = 'Opening the generator...';
    const answer = await fetch(`facts?id=${run}`);
    if (!answer.ok) {
      at('facts').textContent = '';
      say(await answer.text());
      return;
    }
    facts = await answer.json();
    at('facts').textContent = `Checkpoint of step ${facts.step.toLocaleString('en')}; samples of shape ${facts.shape}, ` +
      (facts.noise === 'images' ? 'made from images' : `from ${facts.latent} elements of ${facts.noise} noise`) +
      (facts.classes ? `, ${facts.classes} classes.` : '.');
    seed.value = facts.seed;
    to.value = facts.seed + 1;
    for (let i = 0; i < (facts.classes ?? 0); i++) option(label, i, i);
    label.closest('label').hidden = !facts.classes;
    for (const name of facts.truncations) option(truncation, name, name);
    truncation.closest('label').hidden = !facts.truncations.length;
    path.replaceChildren();
    // Great circles first: they keep the length of the noise.
    for (const name of [...facts.paths].reverse()) option(path, name, name);
    const radios = document.querySelectorAll('input[name=mode]');
    radios[1].disabled = !facts.paths.length;
    radios[2].disabled = !facts.directions.length;
    if (facts.noDirections) {
      radios[2].closest('label').title = facts.noDirections;
      at('modes').append(facts.noDirections);
    }
    facts.directions.forEach((strength, i) => {
      const one = document.createElement('label');
      const output = document.createElement('output');
      const input = document.createElement('input');
      input.type = 'range';
      [input.min, input.max, input.value] = [-60, 60, 0];
      input.setAttribute('aria-label', `Direction ${i + 1}`);
      const told = () => { output.textContent = (Number(input.value) / 10).toFixed(1); };
      input.addEventListener('input', () => { told(); draw(); });
      input.addEventListener('told', told);
      one.append(`${i + 1}, of strength ${Number(strength.toPrecision(3))} `, output, input);
      at('directions').append(one);
      told();
    });
    shown();
  };
  at('again').addEventListener('click', () => {
    seed.value = Math.floor(Math.random() * 1e9);
    shown();
  });
  at('reset').addEventListener('click', () => {
    for (const input of directions()) {
      input.value = 0;
      input.dispatchEvent(new Event('told'));
    }
    draw();
  });
  for (const input of [seed, to, label, truncation, value, count, place, path]) input.addEventListener('input', shown);
  for (const input of document.querySelectorAll('input[name=mode]')) input.addEventListener('change', shown);
  window.addEventListener('resize', fit);
  start();
})();
