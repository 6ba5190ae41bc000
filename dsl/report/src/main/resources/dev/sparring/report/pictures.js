'use strict';
// Pictures: a slider over the steps of a run, and one picture as large as the window allows. Sizes are
// whole multiples of a picture's pixels, or whole fractions: at others some pixels would be wider.
(() => {
  const element = (name, className, parent) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (parent) parent.append(made);
    return made;
  };
  const multiple = (size, room) => {
    const times = room / size;
    return times >= 1 ? Math.floor(times) : 1 / Math.ceil(1 / times);
  };
  const show = (from, to, width, height) => {
    const own = [from.dataset.width, from.dataset.height].map(Number);
    const times = Math.min(multiple(own[0], width), multiple(own[1], height));
    to.src = from.src;
    to.alt = from.alt;
    to.width = Math.max(1, Math.round(own[0] * times));
    to.height = Math.max(1, Math.round(own[1] * times));
    to.classList.toggle('crisp', times > 1);
  };
  const caption = image => image.closest('figure').querySelector('figcaption').textContent;

  // One picture, as large as the window.
  const dialog = element('dialog', 'enlarged', document.body);
  const large = element('img', '', dialog);
  const bar = element('p', '', dialog);
  let among = [];
  let at = 0;
  const showLarge = () => {
    show(among[at], large, window.innerWidth - 48, window.innerHeight - 96);
    bar.textContent = caption(among[at]) + (among.length > 1 ? ' (← and → for others)' : '');
  };
  const enlarge = (images, index) => {
    among = images;
    at = index;
    showLarge();
    dialog.showModal();
  };
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', event => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!move) return;
    event.preventDefault();
    at = Math.min(among.length - 1, Math.max(0, at + move));
    showLarge();
  });
  window.addEventListener('resize', () => { if (dialog.open) showLarge(); });

  const opens = (image, open) => {
    image.tabIndex = 0;
    image.setAttribute('role', 'button');
    image.title = 'Click to enlarge';
    image.addEventListener('click', open);
    image.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open();
    });
  };

  // One picture at a time, and a slider; the list stays below it.
  const slide = (list, images) => {
    const viewer = element('div', 'viewer');
    const row = element('div', 'slider', viewer);
    const input = element('input', '', row);
    input.type = 'range';
    input.min = 0;
    input.setAttribute('aria-label', 'Which step');
    const output = element('output', '', row);
    const image = element('img', '', viewer);
    list.before(viewer);
    let isLast = true;
    const update = () => {
      const all = images();
      viewer.hidden = all.length < 2;
      if (viewer.hidden) return;
      input.max = all.length - 1;
      if (isLast) input.value = input.max;
      const chosen = all[Number(input.value)];
      show(chosen, image, viewer.clientWidth, 700);
      output.textContent = caption(chosen);
      input.setAttribute('aria-valuetext', output.textContent);
      all.forEach(one => one.closest('figure').classList.toggle('chosen', one === chosen));
    };
    input.addEventListener('input', () => {
      isLast = input.value === input.max;
      update();
    });
    opens(image, () => enlarge(images(), Number(input.value)));
    window.addEventListener('resize', update);
    list.addEventListener('change', update);
    update();
  };

  for (const list of document.querySelectorAll('.pictures')) {
    const images = () => [...list.querySelectorAll('figure img')];
    const prepare = () => images().forEach(image => {
      if (image.tabIndex !== 0) opens(image, () => enlarge(images(), images().indexOf(image)));
    });
    // Whoever adds pictures says so by this event.
    list.addEventListener('change', prepare);
    prepare();
    if (list.classList.contains('steps')) slide(list, images);
  }
})();
