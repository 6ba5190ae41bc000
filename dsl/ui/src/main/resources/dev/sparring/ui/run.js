'use strict';
// What changes on the page of a run beside its curves: state and pictures.
(() => {
  const at = id => document.getElementById(id);
  const run = document.body.dataset.run;
  const [state, pictures, other, difference] = ['state', 'pictures', 'other', 'difference'].map(at);
  const known = new Set();
  const show = now => {
    state.textContent = now.state;
    state.className = `status ${now.mood}`;
    const news = now.steps.filter(step => !known.has(step));
    for (const step of news) {
      known.add(step);
      const figure = document.createElement('figure');
      figure.className = 'picture';
      const image = document.createElement('img');
      image.loading = 'lazy';
      image.src = `picture?id=${run}&step=${step}`;
      const caption = `${pictures.dataset.title}: step ${step.toLocaleString('en')}`;
      image.alt = `Samples: ${caption}`;
      image.dataset.width = now.width;
      image.dataset.height = now.height;
      // A whole fraction of the picture's pixels.
      const times = Math.ceil(now.width / 160);
      image.width = Math.max(1, Math.round(now.width / times));
      image.height = Math.max(1, Math.round(now.height / times));
      const text = document.createElement('figcaption');
      text.textContent = caption;
      figure.append(image, text);
      pictures.append(figure);
    }
    at('samples').hidden = known.size === 0;
    if (news.length) pictures.dispatchEvent(new Event('change'));
    document.body.dataset.pictures = known.size;
  };
  const again = async () => {
    setTimeout(again, 3000);
    // Where there is no answer, the curves say so.
    const answer = await fetch(`progress?id=${run}`).catch(() => null);
    if (answer?.ok) show(await answer.json());
  };
  again();

  const compare = async () => {
    const now = new URLSearchParams(location.search);
    if (other.value) now.set('other', other.value);
    else now.delete('other');
    history.replaceState(null, '', `?${now}`);
    if (!other.value) { difference.replaceChildren(); return; }
    const answer = await fetch(`difference?id=${run}&other=${other.value}`);
    const text = await answer.text();
    if (answer.ok) { difference.innerHTML = text; return; }
    const line = document.createElement('p');
    line.className = 'bad';
    line.textContent = text;
    difference.replaceChildren(line);
  };
  if (other) {
    const before = new URLSearchParams(location.search).get('other');
    if (before) other.value = before;
    other.addEventListener('change', compare);
    if (other.value) compare();
  }
})();
